import { type RefObject, useContext } from 'react';
import { useCell } from '../cell.ts';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { replaceInArea } from '../markdown/edit-area.ts';
import { pictureAddress } from './file-address.ts';
import { FileButton, FileIcon, iconFor } from './file-icon.tsx';
import { localPicture } from './local-pictures.ts';
import { shownName } from './shown-name.ts';
import { type Upload, UploadsContext } from './upload.ts';
import { UploadStatus } from './upload-status.tsx';
import type { ComposerFiles as Files } from './use-files.ts';
import './files.css';

type ComposerFilesProps = { place: string; files: Files; area: RefObject<HTMLTextAreaElement | null> };

/** What the next message carries, above the composer; where something would be dropped; and a picture that lost to its text. */
export function ComposerFiles({ place, files, area }: ComposerFilesProps) {
  const uploads = useCell(useContext(UploadsContext)).filter((upload) => upload.place === place);
  const { files: phrases } = useMorePhrases();
  const { target, offered } = files;
  return (
    <>
      {offered && (
        <p className="paste-offer" role="status">
          {phrases.pastedAsText}
          <Button
            size="small"
            kind="plain"
            onClick={() => {
              if (area.current) takeBack(area.current, offered.text);
              files.add(offered.files);
              area.current?.focus();
            }}
          >
            {phrases.pasteAsPicture}
          </Button>
          <FileButton icon="close" label={phrases.dismiss} onClick={files.dismiss} />
        </p>
      )}
      {uploads.length > 0 && (
        <ul className="file-chips" aria-label={phrases.attached}>
          {uploads.map((upload) => (
            <Chip key={upload.key} upload={upload} />
          ))}
        </ul>
      )}
      {target && (
        <div
          className="drop-target"
          style={{ left: target.left, top: target.top, width: target.width, height: target.height }}
        >
          <p>
            <FileIcon name="download" />
            <strong>{phrases.drop}</strong>
            <span>{phrases.dropHint}</span>
          </p>
        </div>
      )}
    </>
  );
}

function Chip({ upload }: { upload: Upload }) {
  const { name, mediaType, file, width, state } = upload;
  // One that could be measured can be drawn; one that came back with the draft is on the server.
  const there = state.kind === 'ready' && state.attachment.kind === 'picture' ? state.attachment.id : undefined;
  const picture = (width && localPicture(file)) || (there && pictureAddress(there, 'small'));
  return (
    <li className="file-chip" data-failed={state.kind === 'failed' || undefined}>
      {picture ? (
        <img className="file-thumb" src={picture} alt="" />
      ) : (
        <span className="file-thumb">
          <FileIcon name={iconFor(state.kind === 'ready' ? state.attachment.kind : undefined, mediaType, name)} />
        </span>
      )}
      <bdi className="file-name">{shownName(name)}</bdi>
      <UploadStatus upload={upload} />
    </li>
  );
}

/** The text that was pasted a moment ago, if it still stands there. */
function takeBack(area: HTMLTextAreaElement, pasted: string): void {
  const text = pasted.replace(/\r\n?/g, '\n');
  const start = area.value.lastIndexOf(text);
  if (start >= 0) replaceInArea(area, { start, end: start + text.length, text: '' });
}
