import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../shared/attachment.ts';
import { useFormats, useMorePhrases, usePhrases } from '../language/use-phrases.ts';
import { fileAddress, pictureAddress } from './file-address.ts';
import { FileButton, FileIcon } from './file-icon.tsx';
import { shownName } from './shown-name.ts';
import { useBackCloses } from './use-back-closes.ts';
import { useSwipe } from './use-swipe.ts';
import './lightbox.css';

type LightboxProps = {
  pictures: readonly Attachment[];
  first: number;
  author: string;
  at: number;
  onClose(): void;
};

/** A message's pictures, one at a time over everything. ← and → go from one to the next, Esc and the way back close it. */
export function Lightbox({ pictures, first, author, at, onClose }: LightboxProps) {
  const { actions } = usePhrases();
  const { lightbox, download } = useMorePhrases().files;
  const formats = useFormats();
  const dialog = useRef<HTMLDialogElement>(null);
  const [index, setIndex] = useState(first);
  const [zoomed, setZoomed] = useState(false);
  const picture = pictures[index];
  const gone = picture === undefined;
  const close = useBackCloses(onClose);
  const go = (step: number) => {
    if (pictures[index + step] === undefined) return;
    setIndex(index + step);
    setZoomed(false);
  };
  const swipe = useSwipe({ go, close, wanted: !zoomed });

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => {
    if (gone) close();
  }, [gone, close]);
  // The next one is there when it is asked for.
  useEffect(() => {
    for (const near of [pictures[index + 1], pictures[index - 1]])
      if (near) new Image().src = pictureAddress(near.id, 'view');
  }, [pictures, index]);

  if (picture === undefined) return <dialog ref={dialog} className="lightbox" />;
  const name = shownName(picture.name);
  const { width, height } = picture;
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={lightbox.title(name)}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => {
        if ((event.target as Element).matches('dialog, .lightbox-stage')) close();
      }}
      onKeyDown={(event) => {
        // Whatever the row below would do with it.
        event.stopPropagation();
        const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
        if (zoomed || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
        event.preventDefault();
        go(event.key === forward ? 1 : -1);
      }}
      onContextMenu={(event) => event.stopPropagation()}
      {...swipe}
    >
      <header>
        <p>
          <bdi>{name}</bdi>
          <span>{lightbox.sentBy(author, formats.dateAndTime(at))}</span>
        </p>
        {pictures.length > 1 && (
          <span className="lightbox-position" role="status">
            {lightbox.position(index + 1, pictures.length)}
          </span>
        )}
        <FileButton
          icon={zoomed ? 'zoom-out' : 'zoom-in'}
          label={zoomed ? lightbox.zoomOut : lightbox.zoomIn}
          onClick={() => setZoomed(!zoomed)}
        />
        <a
          className="icon-button"
          href={fileAddress(picture)}
          download={name}
          aria-label={download(name)}
          title={download(name)}
        >
          <FileIcon name="download" />
        </a>
        <FileButton icon="close" label={actions.close} onClick={close} />
      </header>
      <div className="lightbox-stage" data-zoomed={zoomed || undefined}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button above does the same */}
        <img
          key={picture.id}
          alt={name}
          width={width}
          height={height}
          draggable={false}
          src={zoomed ? fileAddress(picture) : pictureAddress(picture.id, 'view')}
          onClick={() => setZoomed(!zoomed)}
        />
      </div>
      {pictures[index - 1] && (
        <span className="lightbox-previous">
          <FileButton icon="left" label={lightbox.previous} onClick={() => go(-1)} />
        </span>
      )}
      {pictures[index + 1] && (
        <span className="lightbox-next">
          <FileButton icon="right" label={lightbox.next} onClick={() => go(1)} />
        </span>
      )}
    </dialog>
  );
}
