import { type FSWatcher, watch } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Timings } from './timings.ts';
import type { Upstream } from './upstream.ts';

export type ReplicaFolder = {
  /** After a connect found no socket: look now instead of at the next turn. */
  rescan(): void;
  close(): void;
};

type Options = { directory: string; timings: Timings; found(upstreams: Upstream[]): void };

const socketName = /^([a-z0-9][a-z0-9-]{0,62})\.sock$/;

/** Watches the folder in which each replica puts its socket; the folder itself may come, go and be made anew. */
export function watchReplicaFolder({ directory, timings, found }: Options): ReplicaFolder {
  let watcher: FSWatcher | undefined;
  let scanning = false;
  let scanAgain = false;
  let closed = false;

  async function scan(): Promise<void> {
    if (closed) return;
    if (scanning) {
      scanAgain = true;
      return;
    }
    scanning = true;
    listen();
    const upstreams = await readSockets(directory);
    scanning = false;
    if (closed) return;
    found(upstreams);
    if (scanAgain) {
      scanAgain = false;
      void scan();
    }
  }

  function listen(): void {
    if (watcher !== undefined) return;
    try {
      watcher = watch(directory, { persistent: false }, () => void scan());
      watcher.on('error', forgetWatcher);
    } catch {
      // Not there yet: the rescan tries again.
    }
  }

  function forgetWatcher(): void {
    watcher?.close();
    watcher = undefined;
  }

  /** Often as long as there is no folder to watch: at a start the replicas are only just making it. */
  function scanRegularly(): void {
    // A folder that was removed and made again keeps an old watcher silent; renewing it costs nothing.
    forgetWatcher();
    void scan();
    const { firstCheckIntervalMs, rescanIntervalMs } = timings;
    timer = setTimeout(scanRegularly, watcher === undefined ? firstCheckIntervalMs : rescanIntervalMs);
  }

  let timer: NodeJS.Timeout | undefined;
  scanRegularly();

  return {
    rescan: () => void scan(),
    close() {
      closed = true;
      clearTimeout(timer);
      forgetWatcher();
    },
  };
}

async function readSockets(directory: string): Promise<Upstream[]> {
  const names = await readdir(directory).catch(() => []);
  const upstreams = await Promise.all(names.map((name) => readSocket(directory, name)));
  return upstreams.filter((upstream) => upstream !== undefined);
}

async function readSocket(directory: string, name: string): Promise<Upstream | undefined> {
  const id = socketName.exec(name)?.[1];
  if (id === undefined) return undefined;
  const path = join(directory, name);
  const file = await stat(path, { bigint: true }).catch(() => undefined);
  if (file === undefined || !file.isSocket()) return undefined;
  // The next process may get the same inode, but not the same moment; and a later chmod changes neither.
  return { id, address: { path }, incarnation: `${file.ino}.${file.mtimeNs}` };
}
