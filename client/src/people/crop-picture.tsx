import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

const shownPixels = 256;
const sentPixels = 512;
const mostZoom = 4;
const keyStep = 12;

type CropPictureProps = {
  picture: ImageBitmap;
  busy: boolean;
  onDone(square: Blob): void;
  onCancel(): void;
};

/** Where the picture lies behind the square: its middle as a part of itself, and how much it is enlarged. */
type View = { x: number; y: number; zoom: number };

/** A square of a picture, moved with the finger, the mouse or the arrows. */
export function CropPicture({ picture, busy, onDone, onCancel }: CropPictureProps) {
  const { people, actions } = useMorePhrases();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [view, setView] = useState<View>({ x: 0.5, y: 0.5, zoom: 1 });
  const held = useRef<{ x: number; y: number }>(undefined);

  useEffect(() => {
    if (canvas.current) draw(canvas.current, picture, view);
  }, [picture, view]);

  const moveBy = (right: number, down: number) =>
    setView((now) => {
      const { width, height } = drawnSize(picture, shownPixels, now.zoom);
      return within(picture, { ...now, x: now.x - right / width, y: now.y - down / height });
    });
  const onPointerMove = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>) => {
    if (held.current === undefined) return;
    const scale = shownPixels / currentTarget.getBoundingClientRect().width;
    moveBy((clientX - held.current.x) * scale, (clientY - held.current.y) * scale);
    held.current = { x: clientX, y: clientY };
  };
  const done = () => {
    const square = document.createElement('canvas');
    square.width = sentPixels;
    square.height = sentPixels;
    draw(square, picture, view);
    square.toBlob((blob) => blob && onDone(blob), 'image/webp', 0.9);
  };

  return (
    <div className="crop">
      <canvas
        ref={canvas}
        width={shownPixels}
        height={shownPixels}
        role="img"
        tabIndex={0}
        aria-label={people.cropLabel}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          held.current = { x: event.clientX, y: event.clientY };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={() => {
          held.current = undefined;
        }}
        onPointerCancel={() => {
          held.current = undefined;
        }}
        onKeyDown={(event) => {
          const move = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
          if (move === undefined) return;
          event.preventDefault();
          moveBy((move[0] ?? 0) * keyStep, (move[1] ?? 0) * keyStep);
        }}
      />
      <label className="crop-zoom">
        {people.zoom}
        <input
          type="range"
          min={1}
          max={mostZoom}
          step={0.05}
          value={view.zoom}
          onChange={(event) => {
            const zoom = Number(event.target.value);
            setView((now) => within(picture, { ...now, zoom }));
          }}
        />
      </label>
      <div className="dialog-actions">
        <Button onClick={onCancel}>{actions.cancel}</Button>
        <Button kind="primary" busy={busy} onClick={done}>
          {people.usePicture}
        </Button>
      </div>
    </div>
  );
}

/** As small as covers the square, times the zoom. */
function drawnSize(picture: ImageBitmap, side: number, zoom: number): { width: number; height: number } {
  const scale = (side / Math.min(picture.width, picture.height)) * zoom;
  return { width: picture.width * scale, height: picture.height * scale };
}

/** So that the square is never beyond the picture's edge. */
function within(picture: ImageBitmap, view: View): View {
  const { width, height } = drawnSize(picture, 1, view.zoom);
  const bound = (middle: number, length: number) => Math.min(1 - 0.5 / length, Math.max(0.5 / length, middle));
  return { ...view, x: bound(view.x, width), y: bound(view.y, height) };
}

function draw(canvas: HTMLCanvasElement, picture: ImageBitmap, { x, y, zoom }: View): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const side = canvas.width;
  const { width, height } = drawnSize(picture, side, zoom);
  // What is transparent is white in every theme.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side, side);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, side / 2 - x * width, side / 2 - y * height, width, height);
}
