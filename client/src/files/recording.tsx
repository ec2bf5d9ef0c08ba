import type { Attachment } from '../../../shared/attachment.ts';
import { fileAddress } from './file-address.ts';
import { FileCard } from './file-card.tsx';
import { ratioOf } from './picture-rows.ts';
import { shownName } from './shown-name.ts';

/** Video and sound, by the browser's own controls; only as much is fetched as tells how long it is. */
export function Recording({ file }: { file: Attachment }) {
  const { name, kind, width, height } = file;
  const ratio = width && height ? ratioOf(file) : 16 / 9;
  const label = shownName(name);
  if (kind === 'video')
    return (
      // biome-ignore lint/a11y/useMediaCaption: people's own recordings have none
      <video
        className="video"
        style={{ aspectRatio: `${ratio}`, width: `min(100%, 30rem, 20rem * ${ratio})` }}
        controls
        playsInline
        preload="metadata"
        aria-label={label}
        src={fileAddress(file)}
      />
    );
  return (
    <div className="audio">
      <FileCard file={file} />
      {/* biome-ignore lint/a11y/useMediaCaption: people's own recordings have none */}
      <audio controls preload="metadata" aria-label={label} src={fileAddress(file)} />
    </div>
  );
}
