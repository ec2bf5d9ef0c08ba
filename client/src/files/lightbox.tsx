import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useBackCloses } from '../design/use-back-closes.ts';
import { useFormats, useMorePhrases, usePhrases } from '../language/use-phrases.ts';
import { fileAddress, pictureAddress } from './file-address.ts';
import { FileButton, FileIcon } from './file-icon.tsx';
import { shownName } from './shown-name.ts';
import { keyOf, type Standpoint, useChannelPictures } from './use-channel-pictures.ts';
import { useSwipe } from './use-swipe.ts';
import './lightbox.css';

type LightboxProps = Standpoint & { first: number; onClose(): void };

/**
 * One picture at a time over everything, a message's among those of its channel. ← and → go from one to the next, Esc and
 * the way back close it.
 */
export function Lightbox({ first, onClose: close, ...standpoint }: LightboxProps) {
  const { actions } = usePhrases();
  const { lightbox, download } = useMorePhrases().files;
  const formats = useFormats();
  const dialog = useRef<HTMLDialogElement>(null);
  const { shown, more } = useChannelPictures(standpoint);
  const [current, setCurrent] = useState(() => {
    const picture = standpoint.pictures[first];
    return picture && keyOf({ message: standpoint.message?.id ?? 0, author: '', at: 0, picture });
  });
  const [zoomed, setZoomed] = useState(false);
  const index = shown.findIndex((one) => keyOf(one) === current);
  const here = shown[index];
  const gone = here === undefined;
  useBackCloses(close);
  const go = (step: number) => {
    const next = shown[index + step];
    if (next === undefined) return;
    setCurrent(keyOf(next));
    setZoomed(false);
  };
  const swipe = useSwipe({ go, close, wanted: !zoomed });

  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element?.open) element?.showModal();
    return () => element?.close();
  }, []);
  // At either end the button that was pressed goes, and with it the focus, which the arrows need.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) dialog.current?.focus();
  });
  useEffect(() => {
    if (gone) close();
  }, [gone, close]);
  // The next one is there when it is asked for.
  useEffect(() => {
    if (gone) return;
    for (const near of [shown[index + 1], shown[index - 1]])
      if (near) new Image().src = pictureAddress(near.picture.id, 'view');
    if (shown[index - 1] === undefined) void more('before');
    if (shown[index + 1] === undefined) void more('after');
  });

  if (here === undefined) return <dialog ref={dialog} className="lightbox" />;
  const { picture, author, at, message } = here;
  const name = shownName(picture.name);
  const { width, height } = picture;
  const together = shown.filter((one) => one.message === message);
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      tabIndex={-1}
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
        {together.length > 1 && (
          <span className="lightbox-position" role="status">
            {lightbox.position(together.indexOf(here) + 1, together.length)}
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
          key={keyOf(here)}
          alt={name}
          width={width}
          height={height}
          draggable={false}
          src={zoomed ? fileAddress(picture) : pictureAddress(picture.id, 'view')}
          onClick={() => setZoomed(!zoomed)}
        />
      </div>
      {shown[index - 1] && (
        <span className="lightbox-previous">
          <FileButton icon="left" label={lightbox.previous} onClick={() => go(-1)} />
        </span>
      )}
      {shown[index + 1] && (
        <span className="lightbox-next">
          <FileButton icon="right" label={lightbox.next} onClick={() => go(1)} />
        </span>
      )}
    </dialog>
  );
}
