import { useMemo } from 'react';
import { thumbHashToDataURL } from 'thumbhash';
import type { Attachment } from '../../../shared/attachment.ts';
import { pictureAddress, pictureChoice } from './file-address.ts';
import { localPicture, sentPicture } from './local-pictures.ts';
import { pictureRows, ratioAmong, ratioOf, sumOf } from './picture-rows.ts';
import { shownName } from './shown-name.ts';
import type { WaitingFile } from './upload.ts';
import { UploadStatus } from './upload-status.tsx';
import { useUpload } from './use-upload.ts';

export type ShownPicture = { attachment: Attachment; waiting?: never } | { waiting: WaitingFile; attachment?: never };

type PicturesProps = { pictures: readonly ShownPicture[]; detach(key: string): void; open(id: string): void };

const rowHeight = '14rem';
/** What one alone may take: less where it has fewer pixels. */
const most = { width: '30rem', height: '20rem' };

/** Their places are there before any of them is: the sizes come with the message, and the width from the style sheet. */
export function Pictures({ pictures, detach, open }: PicturesProps) {
  const ratios = pictures.map(({ attachment, waiting }) => ratioOf(attachment ?? waiting));
  const alone = pictures.length === 1;
  const rows = pictureRows(alone ? ratios.map(within(0.4, 3.5)) : ratios.map(ratioAmong));
  let index = 0;
  return (
    <div className="pictures">
      {rows.map((row) => {
        const first = index;
        index += row.length;
        const sum = sumOf(row);
        const only = alone ? (pictures[0]?.attachment ?? pictures[0]?.waiting) : undefined;
        const width = only
          ? `min(100%, ${most.width}, ${Math.max(64, only.width ?? 480)}px, ${most.height} * ${sum})`
          : `min(100%, ${most.width}, ${rowHeight} * ${sum})`;
        return (
          <div key={first} className="picture-row" style={{ width }}>
            {row.map((ratio, at) => {
              const picture = pictures[first + at];
              return (
                picture && (
                  // biome-ignore lint/suspicious/noArrayIndexKey: what was sent from here stays the same picture once it is there
                  <div key={at} className="picture" style={{ flexGrow: ratio, aspectRatio: `${ratio}` }}>
                    {picture.attachment ? (
                      <Picture file={picture.attachment} open={open} />
                    ) : (
                      <WaitingPicture file={picture.waiting} detach={detach} />
                    )}
                  </div>
                )
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

function Picture({ file, open }: { file: Attachment; open(id: string): void }) {
  const { id, name, width, height, thumbhash } = file;
  const local = sentPicture(id);
  const placeholder = useMemo(() => placeholderOf(thumbhash), [thumbhash]);
  return (
    <button
      type="button"
      className="picture-button"
      aria-haspopup="dialog"
      style={{ backgroundImage: placeholder }}
      onClick={() => open(id)}
    >
      <img
        alt={shownName(name)}
        loading="lazy"
        decoding="async"
        width={width}
        height={height}
        {...(local
          ? { src: local }
          : { src: pictureAddress(id, 'small'), srcSet: pictureChoice(file), sizes: '(max-width: 52rem) 90vw, 30rem' })}
      />
    </button>
  );
}

function WaitingPicture({ file, detach }: { file: WaitingFile; detach(key: string): void }) {
  const upload = useUpload(file.key);
  return (
    <>
      <img alt={shownName(file.name)} src={localPicture(upload?.file ?? file.file)} />
      <div className="picture-status">{upload && <UploadStatus upload={upload} remove={detach} />}</div>
    </>
  );
}

function placeholderOf(thumbhash: string | undefined): string | undefined {
  if (thumbhash === undefined) return undefined;
  try {
    return `url(${thumbHashToDataURL(Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0)))})`;
  } catch {
    return undefined;
  }
}

const within = (least: number, greatest: number) => (ratio: number) => Math.min(greatest, Math.max(least, ratio));
