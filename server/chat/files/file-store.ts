import type { Readable } from 'node:stream';

/**
 * Where the bytes of files lie, each under a key that begins with their SHA-256 and is never given to other bytes.
 * A folder of the data volume by default; an object store may follow behind the same port.
 */
export type FileStore = {
  /** Takes over what a file of this machine holds. Once this resolves it survives a power cut; once more is harmless. */
  keep(key: string, path: string): Promise<void>;
  /** Bytes; undefined where there is nothing under that key. */
  size(key: string): Promise<number | undefined>;
  /** All of it, or from `start` to `end`, both of them included. */
  read(key: string, range?: { start: number; end: number }): Promise<Readable>;
  /** Also where there is nothing. */
  remove(key: string): Promise<void>;
  /** All there is, in no order. */
  list(): AsyncIterable<{ key: string; keptAt: number }>;
};
