import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { animation, gradient, photoWithPlace, pixelBomb } from '../testing/hostile-files.ts';
import { createPictureWorker } from './picture-worker.ts';

async function openWorker() {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-pictures-'));
  const worker = createPictureWorker();
  onTestFinished(async () => {
    worker.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const path = (name: string) => join(folder, name);
  const render = async (bytes: Buffer | string) => {
    await writeFile(path('upload'), bytes);
    return worker.process({
      from: path('upload'),
      clean: path('clean'),
      variants: [
        { path: path('view'), width: 320, height: 320, fit: 'inside' },
        { path: path('small'), width: 96, height: 96, fit: 'cover' },
      ],
    });
  };
  return { render, path };
}

/** Roughly: the encoding isn't exact. */
async function colourAt(path: string, left: number, top: number): Promise<string> {
  const [red = 0, , blue = 0] = await sharp(path).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return red > 200 && blue < 60 ? 'red' : blue > 200 && red < 60 ? 'blue' : 'other';
}

test('[F.6] a photo loses what its camera wrote into it, and is turned the right way up', async () => {
  const { render, path } = await openWorker();
  const photo = await photoWithPlace();
  expect((await sharp(photo).metadata()).exif?.includes('SecretMaker')).toBe(true);
  expect(await render(photo)).toMatchObject({ kind: 'done', mediaType: 'image/jpeg', width: 480, height: 640 });
  for (const name of ['clean', 'view', 'small']) {
    const { exif, xmp, orientation } = await sharp(path(name)).metadata();
    expect({ exif, xmp, orientation }).toEqual({});
    expect((await readFile(path(name))).includes('Secret')).toBe(false);
  }
  // What was on its left is above.
  expect(await colourAt(path('clean'), 240, 60)).toBe('red');
  expect(await colourAt(path('clean'), 240, 580)).toBe('blue');
  expect(await sharp(path('view')).metadata()).toMatchObject({ format: 'webp', width: 240, height: 320 });
  expect(await sharp(path('small')).metadata()).toMatchObject({ format: 'webp', width: 96, height: 96 });
});

test('[F.6] animated pictures keep their frames and timing', async () => {
  const { render, path } = await openWorker();
  for (const format of ['gif', 'webp'] as const) {
    const outcome = await render(await animation(format));
    expect(outcome).toMatchObject({ kind: 'done', mediaType: `image/${format}`, width: 64, height: 48 });
    expect(await sharp(path('clean')).metadata()).toMatchObject({ format, pages: 2, delay: [80, 80] });
    expect(await sharp(path('view')).metadata()).toMatchObject({ format: 'webp', pages: 2, width: 64 });
  }
});

test('[F.7] a picture of more pixels than memory should hold is refused by what its head says', async () => {
  const { render } = await openWorker();
  expect(await render(pixelBomb())).toEqual({ kind: 'too-large' });
});

test('[F.7] what can’t be decoded, or only by what strangers are not let at, is no picture, and the next one is', async () => {
  const { render, path } = await openWorker();
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  expect(await render(svg)).toEqual({ kind: 'unreadable' });
  expect(await render(await gradient(64, 64).tiff().toBuffer())).toEqual({ kind: 'unreadable' });
  expect(await render(Buffer.from('\x89PNG\r\n\x1a\nnothing of the kind', 'latin1'))).toEqual({ kind: 'unreadable' });
  const png = Buffer.concat([await gradient(64, 64).png().toBuffer(), Buffer.from('<script>alert(1)</script>')]);
  expect(await render(png)).toMatchObject({ kind: 'done', mediaType: 'image/png' });
  expect((await readFile(path('clean'))).includes('script')).toBe(false);
  expect(await render(await gradient(64, 64).avif().toBuffer())).toMatchObject({
    kind: 'done',
    mediaType: 'image/webp',
  });
  // One that was cut off is shown as far as it goes, and without its metadata all the same.
  const photo = await photoWithPlace();
  expect(await render(photo.subarray(0, photo.length - 400))).toMatchObject({ kind: 'done' });
  expect((await readFile(path('clean'))).includes('Secret')).toBe(false);
});
