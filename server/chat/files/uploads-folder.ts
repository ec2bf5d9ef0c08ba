import { constants } from 'node:fs';
import { mkdir, open, opendir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, Upload } from '@tus/server';
import type { Store } from '../store/store.ts';
import { ignoreMissing } from './folder-file-store.ts';

/**
 * Uploads on their way, each a file by its id that is as long as what has arrived: whichever replica looks, and
 * however the one before it ended, its length is where to go on.
 */
export class UploadsFolder extends DataStore {
  readonly #folder: string;
  readonly #store: Pick<Store, 'upload'>;
  readonly #mayWrite: (id: string) => boolean;

  /** `mayWrite` is asked before every write: a replica that stood still may have lost its lock meanwhile. */
  constructor(folder: string, store: Pick<Store, 'upload'>, mayWrite: (id: string) => boolean) {
    super();
    this.extensions = ['creation', 'termination'];
    this.#folder = folder;
    this.#store = store;
    this.#mayWrite = mayWrite;
  }

  pathOf(id: string): string {
    return join(this.#folder, id);
  }

  /** A folder of one's own for what is made of an upload. */
  async workshopOf(id: string): Promise<string> {
    const workshop = `${this.pathOf(id)}.work`;
    await rm(workshop, { recursive: true, force: true });
    await mkdir(workshop, { recursive: true });
    return workshop;
  }

  override async getUpload(id: string): Promise<Upload> {
    const known = await this.#store.upload(id);
    if (known === undefined) throw ERRORS.FILE_NOT_FOUND;
    const done = known.state === 'ready' || known.state === 'refused';
    const offset = done ? known.bytes : await this.receivedBytes(id);
    return new Upload({ id, size: known.bytes, offset });
  }

  /** There from the first moment on, also if nothing ever comes. */
  override async create(upload: Upload): Promise<Upload> {
    await mkdir(this.#folder, { recursive: true });
    await (await open(this.pathOf(upload.id), 'a')).close();
    return upload;
  }

  async receivedBytes(id: string): Promise<number> {
    return (await stat(this.pathOf(id)).catch(ignoreMissing))?.size ?? 0;
  }

  override async write(stream: Readable, id: string, offset: number): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    const file = await open(this.pathOf(id), constants.O_RDWR | constants.O_CREAT);
    let end = offset;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        if (!this.#mayWrite(id)) throw ERRORS.ABORTED;
        for (let written = 0; written < chunk.length; ) {
          const { bytesWritten } = await file.write(chunk, written, chunk.length - written, end);
          written += bytesWritten;
          end += bytesWritten;
        }
      }
    } finally {
      // What is said to have arrived survives a power cut.
      await file.datasync().finally(() => file.close());
    }
    return end;
  }

  override async remove(id: string): Promise<void> {
    await rm(this.pathOf(id), { force: true });
    await rm(`${this.pathOf(id)}.work`, { recursive: true, force: true });
  }

  /** Ids of all of which there is something. */
  async *list(): AsyncIterable<string> {
    const folder = await opendir(this.#folder).catch(ignoreMissing);
    if (folder !== undefined) for await (const { name } of folder) yield name.replace(/\.work$/, '');
  }
}
