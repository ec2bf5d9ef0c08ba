import { refusalReasons } from '../../../shared/refusals.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { FileButton } from './file-icon.tsx';
import { useFileSize } from './file-size.ts';
import type { Upload } from './upload.ts';
import { useUploadChanges } from './use-upload.ts';

type UploadStatusProps = {
  upload: Upload;
  /** Instead of only taking it off the list. */
  remove?: ((key: string) => void) | undefined;
};

/** How far a file has got, in words and as a line, or why it failed; and what one can do about it. */
export function UploadStatus({ upload, remove }: UploadStatusProps) {
  const { key, name, size, state, file } = upload;
  const { files } = useMorePhrases();
  const sizeOf = useFileSize();
  const changes = useUploadChanges(key);
  const fault = useFault(upload);
  const take = () => (remove ? remove(key) : changes.remove());
  const sent = state.kind === 'sending' ? state.sent : state.kind === 'waiting' ? 0 : size;
  const busy = state.kind === 'waiting' || state.kind === 'sending' || state.kind === 'processing';
  return (
    <>
      {fault === undefined ? (
        <span className="file-detail">
          {state.kind === 'waiting' && files.waiting}
          {state.kind === 'sending' && `${sizeOf(sent)} / ${sizeOf(size)}`}
          {state.kind === 'processing' && files.processing}
          {state.kind === 'ready' && sizeOf(size)}
        </span>
      ) : (
        <span className="file-fault" role="alert">
          {fault}
        </span>
      )}
      {busy && (
        <progress
          className="file-progress"
          aria-label={files.progress(name)}
          {...(state.kind !== 'processing' && { value: size === 0 ? 1 : sent, max: Math.max(size, 1) })}
        />
      )}
      <span className="file-actions">
        {state.kind === 'failed' && file && !final.has(state.code) && (
          <FileButton icon="again" label={files.retry(name)} onClick={changes.retry} />
        )}
        {(state.kind !== 'ready' || remove === undefined) && (
          <FileButton icon="close" label={busy ? files.cancel(name) : files.remove(name)} onClick={take} />
        )}
      </span>
    </>
  );
}

/** The same file would be refused again. */
const final = new Set(['file-too-large', 'file-type-refused', 'picture-too-large']);

/** In the reader's language; what the server refuses has its sentence already. */
function useFault({ state }: Upload): string | undefined {
  const { refusals, files } = useMorePhrases();
  const formats = useFormats();
  if (state.kind !== 'failed') return undefined;
  const { code, limit } = state;
  const reason = refusalReasons.find((known) => known === code);
  if (reason !== undefined) return refusals[reason](limit === undefined ? {} : { limit });
  return (files.faults[code] ?? files.faults.unknown)?.(formats.number(limit ?? 0));
}
