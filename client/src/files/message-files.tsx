import { useContext, useState, useSyncExternalStore } from 'react';
import type { Attachment } from '../../../shared/attachment.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { FileCard, WaitingCard } from './file-card.tsx';
import { Pictures, type ShownPicture } from './pictures.tsx';
import { Recording } from './recording.tsx';
import { UploadsContext, type WaitingFile } from './upload.ts';
import type { PicturesBeside } from './use-channel-pictures.ts';
import './files.css';

const Lightbox = laterDialog(async () => (await import('./lightbox.tsx')).Lightbox);

type MessageFilesProps = {
  files: readonly (Attachment | WaitingFile)[];
  author: string;
  at: number;
  /** Where it stands in its channel; not so while it is sent, or in a thread alone. */
  message: { id: number; channel: number } | undefined;
  beside: PicturesBeside;
  /** Of a message that waits for its files: it goes without one of them. */
  detach(key: string): void;
};

/** What a message carries: pictures and videos to be looked at, recordings to be heard, everything else to be fetched. */
export function MessageFiles({ files, author, at, message, beside, detach }: MessageFilesProps) {
  const [open, setOpen] = useState<number>();
  const failed = useFailed();
  const there = files.flatMap((file) => ('id' in file ? file : (file.attachment ?? [])));
  const waiting = files.flatMap((file) => ('id' in file || file.attachment ? [] : file));
  const pictures = files.flatMap((file): ShownPicture | [] => {
    if ('id' in file) return file.kind === 'picture' ? { attachment: file } : [];
    if (file.attachment) return file.attachment.kind === 'picture' ? { attachment: file.attachment } : [];
    return file.width && file.height && !failed.includes(file.key) ? { waiting: file } : [];
  });
  const seen = pictures.flatMap(({ attachment }) => attachment ?? []);
  const isIn = (file: WaitingFile) => pictures.some((picture) => picture.waiting === file);
  const others = there.filter(({ kind }) => kind !== 'picture');
  return (
    <div className="message-files">
      {pictures.length > 0 && (
        <Pictures pictures={pictures} detach={detach} open={(id) => setOpen(seen.findIndex((one) => one.id === id))} />
      )}
      {others.map((file) =>
        file.kind === 'file' ? <FileCard key={file.id} file={file} /> : <Recording key={file.id} file={file} />,
      )}
      {waiting.map((file) => !isIn(file) && <WaitingCard key={file.key} file={file} detach={detach} />)}
      {open !== undefined && (
        <Lightbox
          {...{ author, at, message, beside }}
          pictures={seen}
          first={open}
          onClose={() => setOpen(undefined)}
        />
      )}
    </div>
  );
}

/** Why one failed needs more room than a picture may have. */
function useFailed(): string {
  const uploads = useContext(UploadsContext);
  const failed = () => uploads.get().flatMap(({ key, state }) => (state.kind === 'failed' ? key : []));
  return useSyncExternalStore(uploads.subscribe, () => failed().join(' '));
}
