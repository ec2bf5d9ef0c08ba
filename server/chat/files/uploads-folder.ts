import { constants } from 'node:fs';
import { mkdir, mkdtemp, open, opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { eachPiece } from '../../each-piece.ts';
import { ignoreMissing } from './folder-file-store.ts';

/** Another request has the upload now. */
export class LockLost extends Error {}

/**
 * Uploads on their way, each a file by its id that is as long as what has arrived: whichever replica looks, and
 * however the one before it ended, its length is where to go on.
 */
export type UploadsFolder = {
  pathOf(id: string): string;
  /** From the first moment on, also if nothing ever comes. */
  create(id: string): Promise<void>;
  receivedBytes(id: string): Promise<number>;
  /** Resolves to where it ends then, once that survives a power cut; what came before a failure stays. It frees the pieces. */
  write(id: string, offset: number, stream: Readable): Promise<number>;
  /** An empty folder for what is made of an upload; another one each time. */
  workshopOf(id: string): Promise<string>;
  /** With its workshops. */
  remove(id: string): Promise<void>;
  /** Ids of all of which there is something. */
  list(): AsyncIterable<string>;
};

/** `mayWrite` is asked before every write: a replica that stood still may have lost its lock meanwhile. */
export function openUploadsFolder(folder: string, mayWrite: (id: string) => boolean): UploadsFolder {
  const pathOf = (id: string) => join(folder, id);
  const workshop = (id: string) => `${pathOf(id)}.work`;

  return {
    pathOf,
    async create(id) {
      await mkdir(folder, { recursive: true });
      await (await open(pathOf(id), 'a')).close();
    },
    async receivedBytes(id) {
      return (await stat(pathOf(id)).catch(ignoreMissing))?.size ?? 0;
    },
    async write(id, offset, stream) {
      await mkdir(folder, { recursive: true });
      const file = await open(pathOf(id), constants.O_RDWR | constants.O_CREAT);
      let end = offset;
      try {
        await eachPiece(stream, async (bytes) => {
          if (!mayWrite(id)) throw new LockLost();
          for (let written = 0; written < bytes.length; ) {
            const { bytesWritten } = await file.write(bytes, written, bytes.length - written, end);
            written += bytesWritten;
            end += bytesWritten;
          }
        });
        await file.datasync();
      } finally {
        await file.close();
      }
      return end;
    },
    async workshopOf(id) {
      await mkdir(workshop(id), { recursive: true });
      return mkdtemp(join(workshop(id), 'attempt-'));
    },
    async remove(id) {
      await rm(pathOf(id), { force: true });
      await rm(workshop(id), { recursive: true, force: true });
    },
    async *list() {
      const entries = await opendir(folder).catch(ignoreMissing);
      if (entries !== undefined) for await (const { name } of entries) yield name.replace(/\.work$/, '');
    },
  };
}
