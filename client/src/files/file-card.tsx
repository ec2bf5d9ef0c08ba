import type { Attachment } from '../../../shared/attachment.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { fileAddress } from './file-address.ts';
import { FileIcon, iconFor } from './file-icon.tsx';
import { useFileSize } from './file-size.ts';
import { shownName } from './shown-name.ts';
import type { WaitingFile } from './upload.ts';
import { UploadStatus } from './upload-status.tsx';
import { useUpload } from './use-upload.ts';

/** What isn't shown is fetched. */
export function FileCard({ file }: { file: Attachment }) {
  const { name, size, kind, mediaType } = file;
  const { files: phrases } = useMorePhrases();
  const sizeOf = useFileSize();
  const shown = shownName(name);
  return (
    <a
      className="file-card"
      href={fileAddress(file)}
      download={shown}
      aria-label={`${phrases.download(shown)}, ${sizeOf(size)}`}
    >
      <span className="file-thumb">
        <FileIcon name={iconFor(kind, mediaType, name)} />
      </span>
      <bdi className="file-name">{shown}</bdi>
      <span className="file-detail">{sizeOf(size)}</span>
      <span className="file-arrow">
        <FileIcon name="download" />
      </span>
    </a>
  );
}

/** A file of a message that waits for it. */
export function WaitingCard({ file, detach }: { file: WaitingFile; detach(key: string): void }) {
  const upload = useUpload(file.key);
  return (
    <div className="file-card" data-failed={upload?.state.kind === 'failed' || undefined}>
      <span className="file-thumb">
        <FileIcon name={iconFor(undefined, file.mediaType, file.name)} />
      </span>
      <bdi className="file-name">{shownName(file.name)}</bdi>
      {upload && <UploadStatus upload={upload} remove={detach} />}
    </div>
  );
}
