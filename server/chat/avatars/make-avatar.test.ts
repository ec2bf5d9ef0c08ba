import { Readable } from 'node:stream';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { createPictureWorker } from '../files/pictures/picture-worker.ts';
import { Refusal } from '../refusal.ts';
import { createAvatarMaker } from './make-avatar.ts';

const large = { create: { width: 3_000, height: 3_000, channels: 3 as const, background: '#36c' } };

test('[G5.3] however many pictures come at once, few wait, and the rest are told to come again', async () => {
  const pictures = createPictureWorker();
  onTestFinished(pictures.stop);
  const make = createAvatarMaker(pictures);
  const png = await sharp(large).png().toBuffer();
  const send = () => make(Readable.from([Buffer.from(png)]));
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, send));
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  for (const reason of refused) expect(reason).toEqual(new Refusal('overloaded'));
  expect(refused.length).toBeGreaterThan(0);
  expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(21);
  expect((await send()).bytes.length).toBeGreaterThan(0);
});

test('[I.2] one that breaks off is refused, and one that is too large once all of it was read', async () => {
  const pictures = createPictureWorker();
  onTestFinished(pictures.stop);
  const make = createAvatarMaker(pictures);
  async function* cutOff() {
    yield Buffer.alloc(100_000);
    throw new Error('cut off');
  }
  await expect(make(Readable.from(cutOff()))).rejects.toThrow(new Refusal('bad-request'));
  const long = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(100_000)));
  await expect(make(long)).rejects.toMatchObject({ reason: 'file-too-large' });
  expect(long.readableEnded).toBe(true);
});
