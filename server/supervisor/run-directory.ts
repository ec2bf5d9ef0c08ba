import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { prepareFolder } from '../data-directory.ts';
import { SettingError } from '../environment.ts';

/** Bytes of a Unix socket's path, below what Linux (107) and macOS (103) take. */
const longestSocketPath = 100;

/** Makes the folder of the sockets. Whoever calls this holds its lock: sockets found there belong to nobody. */
export function prepareRunDirectory(path: string): void {
  const longest = join(resolve(path), 'replicas', 'chat-99.sock');
  if (Buffer.byteLength(longest) > longestSocketPath)
    throw new SettingError(`RUN_DIRECTORY takes a shorter path: "${longest}" is too long for a Unix socket.`);
  prepareFolder('RUN_DIRECTORY', path);
}

export function removeStaleSockets(path: string): void {
  for (const folder of ['replicas', 'bus', 'tickets']) {
    mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
    for (const name of readdirSync(join(path, folder))) rmSync(join(path, folder, name), { force: true });
  }
}
