/**
 * `npm run reset-password -- NAME` prints a one-time link, good for a day, with which that person sets a new password.
 * It may be run while replicas are; what it says beside the link goes to standard error.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readChatConfig } from '../config.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { mintPasswordLink } from './password-link.ts';

try {
  const name = process.argv.slice(2).join(' ');
  if (name === '') throw new Error('Usage: npm run reset-password -- "NAME"');
  process.umask(0o007);
  const { dataDirectory, address } = readChatConfig(process.env);
  const path = join(dataDirectory, 'ronda.sqlite');
  if (!existsSync(path)) throw new Error(`There is no Ronda in ${dataDirectory}: DATA_DIRECTORY says where it is.`);
  const store = await openSqliteStore({ path, replica: 'reset-password', onCommit: () => undefined });
  try {
    const credentials = await store.credentials(name);
    if (credentials === undefined) throw new Error(`Nobody called "${name}" has a password here.`);
    const { token, ...link } = mintPasswordLink();
    await store.write({ kind: 'make-password-link', author: null, member: credentials.member, ...link });
    process.stdout.write(`${address}/reset#${token}\n`);
    process.stderr.write('It works once, for 24 hours, and signs that person out everywhere else.\n');
  } finally {
    await store.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
