import type { Attachment } from '../../../shared/attachment.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { FileIcon } from './file-icon.tsx';
import { shownName } from './shown-name.ts';
import './files.css';

type FilesMarkProps = { files: readonly Pick<Attachment, 'kind' | 'name'>[] };

/** In one or two words what files a message carries, where they aren't shown themselves. */
export function FilesMark({ files }: FilesMarkProps) {
  const { summary } = useMorePhrases().files;
  const [first] = files;
  if (first === undefined) return null;
  const kind = files.every((file) => file.kind === first.kind) ? first.kind : 'file';
  const words = kind === 'file' && files.length === 1 ? shownName(first.name) : summary[kind](files.length);
  return (
    <span className="files-mark">
      <FileIcon name={kind} />
      <bdi>{words}</bdi>
    </span>
  );
}
