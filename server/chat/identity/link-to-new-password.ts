import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { mintPasswordLink } from './password-link.ts';

type Place = { dataDirectory: string; address: string };

/** As whoever runs the machine makes it; throws where there is no such person, or no Ronda. */
export async function linkToNewPassword({ dataDirectory, address }: Place, name: string): Promise<string> {
  const path = join(dataDirectory, 'ronda.sqlite');
  if (!existsSync(path)) throw new Error(`There is no Ronda in ${dataDirectory}: DATA_DIRECTORY says where it is.`);
  const store = await openSqliteStore({ path, replica: 'reset-password', onCommit: () => undefined });
  try {
    const credentials = await store.credentials(name);
    if (credentials === undefined) throw new Error(`Nobody called "${name}" has a password here.`);
    const { token, ...link } = mintPasswordLink();
    await store.write({ kind: 'make-password-link', author: null, member: credentials.member, ...link });
    return `${address}/reset#${token}`;
  } finally {
    await store.close();
  }
}
