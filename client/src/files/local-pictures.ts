import type { Attachment } from '../../../shared/attachment.ts';

/** What a browser draws; SVG isn't among them: it is shown as any other file. */
const drawn = /^image\/(?:png|jpeg|gif|webp|avif)$/;
const most = 40;
const urls = new WeakMap<File, string>();
const sent = new Map<string, File>();

/** A picture that was chosen here, to be seen before the server has it; the same address for as long as it is needed. */
export function localPicture(file: File | undefined): string | undefined {
  if (file === undefined || !drawn.test(file.type)) return undefined;
  const url = urls.get(file) ?? URL.createObjectURL(file);
  urls.set(file, url);
  return url;
}

export function forgetLocalPicture(file: File | undefined): void {
  const url = file && urls.get(file);
  if (file === undefined || url === undefined || [...sent.values()].includes(file)) return;
  URL.revokeObjectURL(url);
  urls.delete(file);
}

/** What was just sent from here needn't come back to be seen. */
export function keepLocalPicture({ id, kind }: Attachment, file: File): void {
  if (kind !== 'picture') return;
  sent.set(id, file);
  for (const [oldest, old] of sent) {
    if (sent.size <= most) break;
    sent.delete(oldest);
    forgetLocalPicture(old);
  }
}

export function sentPicture(id: string): string | undefined {
  return localPicture(sent.get(id));
}

/** Undefined for what can't be drawn. */
export async function measurePicture(file: File): Promise<{ width: number; height: number } | undefined> {
  const url = localPicture(file);
  if (url === undefined) return undefined;
  const picture = new Image();
  return new Promise((resolve) => {
    picture.onload = () => resolve({ width: picture.naturalWidth, height: picture.naturalHeight });
    picture.onerror = () => resolve(undefined);
    picture.src = url;
  });
}
