import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PictureWorker } from '../files/pictures/picture-worker.ts';
import { Refusal } from '../refusal.ts';
import { isStillPicture } from './is-still-picture.ts';

const pixels = 256;

export type MakeAvatar = (bytes: Buffer) => Promise<{ id: string; bytes: Buffer }>;

/** A square of its own making out of whatever was sent, with nothing of that but its pixels. */
export function createAvatarMaker(pictures: Pick<PictureWorker, 'process'>): MakeAvatar {
  return async (sent) => {
    if (!isStillPicture(sent)) throw new Refusal('file-type-refused');
    const folder = await mkdtemp(join(tmpdir(), 'ronda-avatar-'));
    try {
      const [from, path] = [join(folder, 'sent'), join(folder, 'avatar.webp')];
      await writeFile(from, sent);
      const variant = { path, width: pixels, height: pixels, fit: 'cover' } as const;
      const { kind } = await pictures.process({ from, variants: [variant] });
      if (kind === 'too-large') throw new Refusal('picture-too-large');
      if (kind === 'unreadable') throw new Refusal('file-type-refused');
      if (kind === 'failed') throw new Refusal('overloaded');
      const bytes = await readFile(path);
      return { id: createHash('sha256').update(bytes).digest('base64url').slice(0, 32), bytes };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
}
