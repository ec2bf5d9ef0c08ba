import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { finishUpload } from './finish-upload.ts';
import { openFolderFileStore } from './folder-file-store.ts';
import { createPictureWorker } from './pictures/picture-worker.ts';
import { box, crumbs, endlessItems, words } from './testing/iso-boxes.ts';
import { openUploadsFolder } from './uploads-folder.ts';

/** An upload whose bytes are all there, and a clock by which locks end. */
async function openUpload(name: string, bytes: Buffer) {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-finish-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const now = { ms: Date.now() };
  const path = join(folder, 'ronda.sqlite');
  const store = await openSqliteStore({ path, replica: 'chat-1', onCommit: () => undefined, now: () => now.ms });
  onTestFinished(() => store.close());
  const pictures = createPictureWorker();
  onTestFinished(pictures.stop);
  const session = { secretHash: 'ada', expiresAt: now.ms + 600_000 };
  const token = (await store.setUpToken()) ?? '';
  const { member } = await store.write({
    ...{ kind: 'set-up', token, workspace: 'Aula', name: 'Ada', passwordHash: 'hash', session },
  });
  const uploads = openUploadsFolder(join(folder, 'uploads'), () => true);
  const files = openFolderFileStore(join(folder, 'files'));
  const id = randomBytes(16).toString('base64url');
  const limits = { unsent: 10, totalBytes: 0 };
  await store.write({ kind: 'begin-upload', id, member, bytes: bytes.length, name, limits });
  await uploads.create(id);
  await uploads.write(id, 0, Readable.from([Buffer.from(bytes)]));
  await store.write({ kind: 'note-received', id });
  const received = await store.upload(id);
  if (received === undefined) throw new Error('The upload is gone');
  return {
    ...{ folder, store, files, uploads, id, member },
    async take(holder: string) {
      expect(await store.write({ kind: 'lock-upload', id, holder, forMs: 5_000 })).toMatchObject({ held: true });
    },
    finish(holder: string, through: Pick<Store, 'write' | 'upload'> = store) {
      const fileLimits = { fileMegabytes: 10, totalGigabytes: 0, unsentFiles: 10, types: [] };
      return finishUpload(received, holder, { store: through, files, uploads, pictures, limits: fileLimits });
    },
    lapse() {
      now.ms += 6_000;
    },
  };
}

const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#36c' } })
  .png()
  .toBuffer();

test('[F.5] [G7.3] a replica that stood still while another one finished an upload takes nothing of it away', async () => {
  for (const bytes of [await picture, randomBytes(10_000)]) {
    const { store, files, id, member, folder, take, finish, lapse } = await openUpload('x.png', bytes);
    await take('first');
    await finish('first', {
      ...store,
      // It stands still right before it would say so, and its lock is over.
      async write(mutation) {
        lapse();
        await take('second');
        await finish('second');
        return store.write(mutation);
      },
    });
    const file = await store.file(member, id);
    expect(file?.contents.size).toBeGreaterThan(0);
    for (const { key, bytes: size } of file?.contents.values() ?? [])
      expect((await buffer(await files.read(key))).length).toBe(size);
    expect(await Array.fromAsync(files.list())).toHaveLength(file?.contents.size ?? 0);
    expect(await readdir(join(folder, 'uploads'))).toEqual([]);
  }
});

test('[F.5] [G7.3] nor does it take what another one is just finishing', async () => {
  const { store, files, id, member, take, finish, lapse } = await openUpload('x.png', await picture);
  await take('second');
  await finish('second', {
    ...store,
    async write(mutation) {
      // Out of the lock for some time, the first one comes to its end in the middle of the second one's work.
      await finish('first');
      lapse();
      await take('second');
      return store.write(mutation);
    },
  });
  const file = await store.file(member, id);
  expect(file?.contents.size).toBe(3);
  for (const { key } of file?.contents.values() ?? []) expect(await files.size(key)).toBeGreaterThan(0);
});

test('[F.5] a replica that lost the lock leaves the upload to whoever has it now', async () => {
  const { uploads, id, store, take, finish } = await openUpload('x.bin', randomBytes(1_000));
  await take('second');
  await finish('first');
  expect(await uploads.receivedBytes(id)).toBe(1_000);
  await finish('second');
  expect(await store.upload(id)).toMatchObject({ state: 'ready' });
  expect(await uploads.receivedBytes(id)).toBe(0);
});

test('[F.9] a picture that gets its own ending keeps whole signs before it', async () => {
  const { id, store, take, finish } = await openUpload(`${'x'.repeat(114)}😀yyy`, await picture);
  await take('first');
  await finish('first');
  expect((await store.upload(id))?.attachment?.name).toBe(`${'x'.repeat(114)}.png`);
});

test('[F.7] whoever has many uploads waiting holds up nobody else’s first one', async () => {
  const { store, member, id: first } = await openUpload('x.bin', randomBytes(10));
  const receive = async (member: number) => {
    const id = randomBytes(16).toString('base64url');
    await store.write({
      ...{ kind: 'begin-upload', id, member, bytes: 10, name: 'x', limits: { unsent: 50, totalBytes: 0 } },
    });
    await store.write({ kind: 'note-received', id });
    return id;
  };
  for (let more = 0; more < 38; more += 1) await receive(member);
  const invite = { code: 'people', guests: true, maximumUses: 9, expiresAt: Date.now() + 60_000 };
  await store.write({ kind: 'create-invite', author: member, clientId: mintClientId(), ...invite });
  const session = { secretHash: 'bo', expiresAt: Date.now() + 60_000 };
  const { member: bo } = await store.write({
    ...{ kind: 'join-workspace', code: 'people', name: 'Bo', passwordHash: null, session },
  });
  const theirs = await receive(bo);
  const waiting = (await store.received(100)).map(({ id }) => id);
  expect(waiting).toHaveLength(40);
  expect(waiting).toContain(first);
  expect(waiting.slice(0, 2)).toContain(theirs);
});

test('[F.7] what a stranger writes into a video or an HEIC photo ends in a file or a refusal, never in the replica', async () => {
  const endless = await openUpload('photo.heic', endlessItems());
  await endless.take('first');
  await endless.finish('first');
  expect(await endless.store.upload(endless.id)).toMatchObject({ state: 'ready' });

  const crumbled = await openUpload('film.mp4', crumbs(250_000, 2));
  await crumbled.take('first');
  await crumbled.finish('first');
  expect(await crumbled.store.upload(crumbled.id)).toMatchObject({ state: 'refused', refusal: 'file-type-refused' });
  expect(await crumbled.uploads.receivedBytes(crumbled.id)).toBe(0);
});

test('[F.6] a video forgets its place on the way, also without saying of which kind it is', async () => {
  const movie = box('moov', box('udta', box('\xa9xyz', '+40.4168-003.7038/')));
  for (const bytes of [Buffer.concat([box('ftyp', 'qt  ', words(0)), movie]), movie]) {
    const { store, files, id, member, take, finish } = await openUpload('film.mov', bytes);
    await take('first');
    await finish('first');
    const file = await store.file(member, id);
    expect(file?.attachment).toMatchObject({ mediaType: 'video/quicktime', kind: 'video', size: bytes.length });
    const { key } = file?.contents.get('original') ?? {};
    expect((await buffer(await files.read(key ?? ''))).includes('40.4168')).toBe(false);
  }
  for (const [bytes, mediaType] of [
    [Buffer.from('The moov of all boxes'), 'text/plain'],
    [box('ftyp', 'crx ', words(0)), 'image/x-canon-cr3'],
  ] as const) {
    const { store, id, take, finish } = await openUpload('x', bytes);
    await take('first');
    await finish('first');
    expect((await store.upload(id))?.attachment).toMatchObject({ mediaType, kind: 'file' });
  }
});
