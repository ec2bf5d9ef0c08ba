import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openReader, openWriter } from './open-database.ts';
import { createWalLimit } from './wal-limit.ts';

const onFault = () => undefined;

async function openPair() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-wal-'));
  const path = join(directory, 'ronda.sqlite');
  const writer = await openWriter({ path, onFault });
  await writer.execute('CREATE TABLE filler (text TEXT)');
  const reader = await openReader({ path, onFault });
  onTestFinished(async () => {
    await Promise.all([writer.close(), reader.close()]);
    await rm(directory, { recursive: true });
  });
  const fill = async () => {
    for (let index = 0; index < 50; index += 1) await writer.all('INSERT INTO filler VALUES (hex(zeroblob(10000)))');
  };
  return { path, writer, reader, fill, walBytes: () => statSync(`${path}-wal`).size };
}

test('[G5.4] a write-ahead log that has grown too long is ended between two batches, and a short one left alone', async () => {
  const { path, writer, fill, walBytes } = await openPair();
  await fill();
  const short = walBytes();
  await createWalLimit(path, writer, { bytes: short, lookEveryMs: 0 }).keep();
  expect(walBytes()).toBe(short);
  await fill();
  await createWalLimit(path, writer, { bytes: short, lookEveryMs: 0 }).keep();
  expect(walBytes()).toBe(0);
});

test('[G5.4] [G10] a reader that stays in an old snapshot is waited for only briefly, and once it ends the log does too', async () => {
  const { path, writer, reader, fill, walBytes } = await openPair();
  await reader.execute('BEGIN');
  await reader.all('SELECT count(*) FROM filler');
  await fill();
  const limit = createWalLimit(path, writer, { bytes: 100_000, lookEveryMs: 1 });
  await limit.keep();
  expect(walBytes()).toBeGreaterThan(100_000);
  await fill(); // writing goes on
  await reader.execute('COMMIT');
  await expect
    .poll(async () => {
      await limit.keep();
      return walBytes();
    })
    .toBe(0);
  // As before: a lock that somebody else holds is an immediate SQLITE_BUSY.
  expect(await writer.all('PRAGMA busy_timeout')).toEqual([{ timeout: 0 }]);
});
