import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { FileStore } from './file-store.ts';

/** What everything behind the `FileStore` port must do. `open` gives the same empty place to two replicas. */
export function describeFileStore(name: string, open: () => Promise<[FileStore, FileStore]>): void {
  describe(`file store contract: ${name}`, () => {
    const key = (letter: string) => `${letter.repeat(64)}.${'x'.repeat(22)}`;

    async function fileOf(bytes: Buffer): Promise<string> {
      const folder = await mkdtemp(join(tmpdir(), 'ronda-file-'));
      onTestFinished(() => rm(folder, { recursive: true, force: true }));
      const path = join(folder, 'upload');
      await writeFile(path, bytes);
      return path;
    }

    test('[F.5] what one replica keeps another reads, whole and in part', async () => {
      const [one, two] = await open();
      const bytes = randomBytes(200_000);
      await one.keep(key('a'), await fileOf(bytes));
      expect(await two.size(key('a'))).toBe(200_000);
      expect((await buffer(await two.read(key('a')))).equals(bytes)).toBe(true);
      const part = await buffer(await two.read(key('a'), { start: 70_000, end: 70_009 }));
      expect(part.equals(bytes.subarray(70_000, 70_010))).toBe(true);
    });

    test('[F.5] keeping and removing can be done again, at once and by both', async () => {
      const [one, two] = await open();
      const [bytes, same] = [randomBytes(1_000), await fileOf(Buffer.alloc(0))];
      await appendFile(same, bytes);
      await one.keep(key('b'), same);
      await one.keep(key('b'), same);
      await two.keep(key('b'), await fileOf(bytes));
      expect((await buffer(await one.read(key('b')))).equals(bytes)).toBe(true);
      await Promise.all([one.remove(key('b')), two.remove(key('b'))]);
      expect(await one.size(key('b'))).toBeUndefined();
      await expect(two.read(key('b'))).rejects.toThrow();
    });

    test('[F.11] it lists what it holds', async () => {
      const [one, two] = await open();
      for (const letter of ['c', 'd']) await one.keep(key(letter), await fileOf(Buffer.from(letter)));
      await one.remove(key('c'));
      const listed = await Array.fromAsync(two.list());
      expect(listed.map((entry) => entry.key)).toEqual([key('d')]);
      expect(Math.abs(Date.now() - (listed[0]?.keptAt ?? 0))).toBeLessThan(60_000);
    });

    test('[F.5] a key that is none leads nowhere', async () => {
      const [one] = await open();
      for (const wrong of ['../../etc/passwd', 'a/b.c', '', '..', 'aa.b\0c'])
        await expect(one.size(wrong)).rejects.toThrow('no key');
    });
  });
}
