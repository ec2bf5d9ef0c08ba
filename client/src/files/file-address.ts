import type { Attachment } from '../../../shared/attachment.ts';

/** The file itself. */
export function fileAddress({ id, name }: Pick<Attachment, 'id' | 'name'>): string {
  return `/files/${id}/${encodeURIComponent(name.toWellFormed())}`;
}

/** A picture of at most 1,600 pixels a side, or 480. */
export function pictureAddress(id: string, size: 'view' | 'small'): string {
  return `/files/${id}/${size}`;
}

/** How wide those are for the browser to choose between. */
export function pictureChoice({ id, width = 1_600, height = 1_600 }: Attachment): string {
  const widthWithin = (side: number) => Math.round(width * Math.min(1, side / Math.max(width, height)));
  const [small, view] = [widthWithin(480), widthWithin(1_600)];
  if (small === view) return `${pictureAddress(id, 'view')} ${view}w`;
  return `${pictureAddress(id, 'small')} ${small}w, ${pictureAddress(id, 'view')} ${view}w`;
}
