import { createHash } from 'node:crypto';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { avatarBytesLimit } from '../../../shared/limits.ts';
import { eachPiece } from '../../each-piece.ts';
import type { PictureWorker } from '../files/pictures/picture-worker.ts';
import { createGate } from '../gate.ts';
import { Refusal } from '../refusal.ts';
import { isStillPicture } from './is-still-picture.ts';

const pixels = 256;
const headBytes = 32;

/** Each has up to 2 MB on the disk. */
const waiting = 20;

export type MakeAvatar = (sent: Readable) => Promise<{ id: string; bytes: Buffer }>;

/**
 * A square of its own making out of whatever was sent, with nothing of that but its pixels. What was sent waits on the
 * disk; `overloaded` where too many wait already, `file-too-large` above the limit, `bad-request` where it broke off.
 */
export function createAvatarMaker(pictures: Pick<PictureWorker, 'process'>): MakeAvatar {
  const gate = createGate({ atOnce: 1, waiting });

  return async (sent) => {
    const folder = await mkdtemp(join(tmpdir(), 'ronda-avatar-'));
    try {
      const [from, path] = [join(folder, 'sent'), join(folder, 'avatar.webp')];
      if (!isStillPicture(await receive(sent, from))) throw new Refusal('file-type-refused');
      const variant = { path, width: pixels, height: pixels, fit: 'cover' } as const;
      const { kind } = await gate(() => pictures.process({ from, variants: [variant] }));
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

/** Resolves to how it begins. What is too large is read to its end, so that its sender hears of it. */
async function receive(sent: Readable, path: string): Promise<Buffer> {
  const file = await open(path, 'wx+');
  try {
    let length = 0;
    const arriving = eachPiece(sent, async (bytes) => {
      length += bytes.length;
      if (length <= avatarBytesLimit) await file.appendFile(bytes);
    });
    await arriving.catch((error: NodeJS.ErrnoException) => {
      throw error.code === 'ENOSPC' ? error : new Refusal('bad-request');
    });
    if (length > avatarBytesLimit) throw tooLarge();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export const tooLarge = () => new Refusal('file-too-large', { limit: avatarBytesLimit / 1_048_576 });
