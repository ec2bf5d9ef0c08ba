import type { FileKind } from '../../../shared/attachment.ts';

const page = 'M5 2.8h6.5L15 6.3v10.9H5ZM11.3 3v3.6h3.6';
const paths = {
  file: page,
  text: `${page}M7.5 9.5h5M7.5 11.8h5M7.5 14.1h3`,
  archive: `${page}M9 3.2v1M9 6v1M9 8.8v1M8 11.7h2v2.6H8Z`,
  table: `${page}M7.2 9.3h5.6v5H7.2ZM7.2 11.8h5.6M10 9.3v5`,
  code: `${page}M8.6 9.4 6.8 11.6l1.8 2.2M11.4 9.4l1.8 2.2-1.8 2.2`,
  picture: 'M3 4h14v12H3ZM3.5 14l4-4.2 3 3 2.3-2.2 3.7 3.6M12.7 7.6h.01',
  video: 'M3 5h14v10H3ZM8.5 7.8v4.4l3.8-2.2Z',
  audio: 'M8 14.3V4.6l7-1.4v9.6M8 14.3a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM15 12.8a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  download: 'M10 3.5v9M5.8 8.6 10 12.8l4.2-4.2M4 16.5h12',
  left: 'm12.5 4.5-5.5 5.5 5.5 5.5',
  right: 'm7.5 4.5 5.5 5.5-5.5 5.5',
  'zoom-in': 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.8 3.8M9 6.8v4.4M6.8 9h4.4',
  'zoom-out': 'M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11ZM13 13l3.8 3.8M6.8 9h4.4',
  close: 'm5 5 10 10M15 5 5 15',
  again: 'M15.8 8.2A6 6 0 1 0 16 11M16 4.2v4.2h-4.2',
} as const;

export type FileIconName = keyof typeof paths;

/** As the page's own icons are drawn; these load with the files. */
export function FileIcon({ name }: { name: FileIconName }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}

type FileButtonProps = { icon: FileIconName; label: string; onClick(): void; pressed?: boolean };

export function FileButton({ icon, label, onClick, pressed }: FileButtonProps) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <FileIcon name={icon} />
    </button>
  );
}

/** By what it is; what is text, by its name: on its way here and once it is sent it looks the same. */
export function iconFor(kind: FileKind | undefined, mediaType: string, name: string): FileIconName {
  if (kind !== undefined && kind !== 'file') return kind;
  const major = mediaType.split('/')[0] ?? '';
  if (kind === undefined && major === 'image') return 'picture';
  if (major === 'video' || major === 'audio') return major;
  if (/\.(?:html?|xml|json|[cm]?[jt]sx?|css|sh|py|sql|ya?ml)$/i.test(name)) return 'code';
  if (/\.[ct]sv$/i.test(name)) return 'table';
  if (/csv|excel|spreadsheet/.test(mediaType)) return 'table';
  if (/zip|tar|compressed|rar|gzip|7z/.test(mediaType)) return 'archive';
  if (/json|javascript|xml|html|x-sh|typescript/.test(mediaType)) return 'code';
  return major === 'text' || /pdf|word|document/.test(mediaType) ? 'text' : 'file';
}
