import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { avatarBytesLimit } from '../../../shared/limits.ts';
import { eachPiece } from '../../each-piece.ts';
import { isDiskFull, requireRoom } from '../files/file-limits.ts';
import type { PictureWorker } from '../files/pictures/picture-worker.ts';
import { createGate } from '../gate.ts';
import { Refusal } from '../refusal.ts';
import { isStillPicture } from './is-still-picture.ts';

const pixels = 256;
const headBytes = 32;

/**
 * Each has up to 2 MB on the disk, from its first byte on. Who sends one holds a place meanwhile; that somebody who
 * stands still gives it back is the balancer's doing (`bodyStallMs`), and nobody else comes in. Whoever trickles is
 * ended by the listener's `requestTimeout`.
 */
const places = 21;

/** Of these, by one member. */
const placesEach = 2;

/** Longer than any request may take. */
const abandonedAfterMs = 3_600_000;

/** `member` is who sends it. */
export type MakeAvatar = (sent: Readable, member: number) => Promise<{ id: string; bytes: Buffer }>;

/**
 * A square of its own making out of whatever was sent, with nothing of that but its pixels. What was sent waits in a
 * folder that belongs to this replica alone, emptied here of what a killed one left; so are those beside it, of replicas
 * that may never come again.
 *
 * Throws `overloaded` where too many send or wait already, or the same member does, before anything is kept of it, `storage-full` where there is
 * no room, `file-too-large` above the limit, `bad-request` where it broke off.
 */
export async function createAvatarMaker(options: {
  pictures: Pick<PictureWorker, 'process'>;
  folder: string;
}): Promise<MakeAvatar> {
  const { pictures, folder } = options;
  await rm(folder, { recursive: true, force: true });
  await clearAbandoned(dirname(folder));
  const all = createGate({ atOnce: places, waiting: 0 });
  const sending = new Map<number, number>();
  const decoder = createGate({ atOnce: 1, waiting: places });

  async function make(sent: Readable, workshop: string) {
    const [from, path] = [join(workshop, 'sent'), join(workshop, 'avatar.webp')];
    if (!isStillPicture(await receive(sent, from))) throw new Refusal('file-type-refused');
    const variant = { path, width: pixels, height: pixels, fit: 'cover' } as const;
    const { kind } = await decoder(() => pictures.process({ from, variants: [variant] }));
    if (kind === 'too-large') throw new Refusal('picture-too-large');
    if (kind === 'unreadable') throw new Refusal('file-type-refused');
    if (kind === 'failed') throw new Refusal('overloaded');
    const bytes = await readFile(path);
    return { id: createHash('sha256').update(bytes).digest('base64url').slice(0, 32), bytes };
  }

  async function inTurn<T>(member: number, work: () => Promise<T>): Promise<T> {
    const already = sending.get(member) ?? 0;
    if (already >= placesEach) throw new Refusal('overloaded');
    sending.set(member, already + 1);
    try {
      return await all(work);
    } finally {
      const left = (sending.get(member) ?? 1) - 1;
      if (left > 0) sending.set(member, left);
      else sending.delete(member);
    }
  }

  return (sent, member) =>
    inTurn(member, async () => {
      let workshop: string | undefined;
      try {
        await mkdir(folder, { recursive: true });
        await requireRoom(folder, avatarBytesLimit);
        workshop = await mkdtemp(join(folder, 'avatar-'));
        return await make(sent, workshop);
      } catch (error) {
        throw isDiskFull(error) ? new Refusal('storage-full') : error;
      } finally {
        if (workshop !== undefined) await rm(workshop, { recursive: true, force: true });
      }
    });
}

/** What was begun long ago, in the folder of whichever replica; the folders themselves may be in use. */
async function clearAbandoned(folders: string): Promise<void> {
  for (const replica of await readdir(folders).catch(() => []))
    for (const name of await readdir(join(folders, replica)).catch(() => [])) {
      const workshop = join(folders, replica, name);
      const begun = await stat(workshop).catch(() => undefined);
      if (begun && begun.mtimeMs < Date.now() - abandonedAfterMs) await rm(workshop, { recursive: true, force: true });
    }
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
    await arriving.catch((error: unknown) => {
      throw isDiskFull(error) ? error : new Refusal('bad-request');
    });
    if (length > avatarBytesLimit) throw tooLarge();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export const tooLarge = () => new Refusal('file-too-large', { limit: avatarBytesLimit / 1_048_576 });
