import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { createPictureWorker } from '../files/pictures/picture-worker.ts';
import { Refusal } from '../refusal.ts';
import { createAvatarMaker } from './make-avatar.ts';

const large = { create: { width: 3_000, height: 3_000, channels: 3 as const, background: '#36c' } };

async function openMaker() {
  const data = await mkdtemp(join(tmpdir(), 'ronda-avatars-'));
  const pictures = createPictureWorker();
  onTestFinished(async () => {
    pictures.stop();
    await rm(data, { recursive: true });
  });
  const folder = join(data, 'arriving');
  await mkdir(join(folder, 'avatar-killed'), { recursive: true });
  await writeFile(join(folder, 'avatar-killed', 'sent'), 'left');
  const make = await createAvatarMaker({ pictures, folder });
  let strangers = 0;
  const makeForAnybody = (sent: Readable) => {
    strangers += 1;
    return make(sent, strangers);
  };
  return { folder, make, makeForAnybody };
}

test('[G5.3] however many pictures come at once, few wait, and the rest are told to come again', async () => {
  const { makeForAnybody } = await openMaker();
  const png = await sharp(large).png().toBuffer();
  const send = () => makeForAnybody(Readable.from([Buffer.from(png)]));
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, send));
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
  for (const reason of refused) expect(reason).toEqual(new Refusal('overloaded'));
  expect(refused.length).toBeGreaterThan(0);
  expect(outcomes.length - refused.length).toBeGreaterThanOrEqual(21);
  expect((await send()).bytes.length).toBeGreaterThan(0);
});

test('[I.2] one that breaks off is refused, and one that is too large once all of it was read', async () => {
  const { make } = await openMaker();
  async function* cutOff() {
    yield Buffer.alloc(100_000);
    throw new Error('cut off');
  }
  await expect(make(Readable.from(cutOff()), 1)).rejects.toThrow(new Refusal('bad-request'));
  const long = Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(100_000)));
  await expect(make(long, 1)).rejects.toMatchObject({ reason: 'file-too-large' });
  expect(long.readableEnded).toBe(true);
});

test('[G5.3] of senders who stand still few are kept, the rest leave nothing, and those who go give their places back', async () => {
  const { folder, makeForAnybody: make } = await openMaker();
  expect(await readdir(folder).catch(() => [])).toEqual([]);
  const senders = Array.from({ length: 100 }, () => new Readable({ read: () => undefined }));
  const sending = senders.map((sent) => {
    sent.push(Buffer.alloc(10_000));
    return make(sent);
  });
  const refused = await Promise.allSettled(sending.slice(21));
  for (const one of refused) expect(one).toEqual({ status: 'rejected', reason: new Refusal('overloaded') });
  await expect.poll(async () => (await readdir(folder)).length).toBe(21);
  const ended = Promise.allSettled(sending.slice(0, 21));
  for (const sent of senders) sent.destroy();
  for (const one of await ended) expect(one).toEqual({ status: 'rejected', reason: new Refusal('bad-request') });
  expect(await readdir(folder)).toEqual([]);
  expect((await make(Readable.from([await sharp(large).png().toBuffer()]))).bytes.length).toBeGreaterThan(0);
});

test('[G5.3] one member alone holds few places, and nobody else’s', async () => {
  const { folder, make } = await openMaker();
  const trickling = Array.from({ length: 21 }, () => new Readable({ read: () => undefined }));
  const sending = trickling.map((sent) => {
    sent.push(Buffer.alloc(10_000));
    return make(sent, 1);
  });
  for (const one of await Promise.allSettled(sending.slice(2)))
    expect(one).toEqual({ status: 'rejected', reason: new Refusal('overloaded') });
  await expect.poll(async () => (await readdir(folder)).length).toBe(2);
  const png = await sharp(large).png().toBuffer();
  expect((await make(Readable.from([Buffer.from(png)]), 2)).bytes.length).toBeGreaterThan(0);
  const ended = Promise.allSettled(sending.slice(0, 2));
  for (const sent of trickling) sent.destroy();
  await ended;
  expect((await make(Readable.from([png]), 1)).bytes.length).toBeGreaterThan(0);
});
