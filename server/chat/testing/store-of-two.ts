import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { openConnection } from '../store/sqlite/connection.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';

/** A store on a file of its own, with the owner Ada and the member Bea in it, and a connection to the same file. */
export async function openStoreOfTwo() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-two-'));
  const path = join(directory, 'ronda.sqlite');
  const store = await openSqliteStore({ path, replica: 'chat-1', onCommit: () => undefined });
  const connection = await openConnection({ path, busyTimeoutMs: 5_000, onFault: () => undefined });
  onTestFinished(async () => {
    await connection.close();
    await store.close();
    await rm(directory, { recursive: true });
  });
  const session = (name: string) => ({ secretHash: name, expiresAt: Date.now() + 60_000 });
  const founder = { workspace: 'Aula', name: 'Ada', passwordHash: 'hash', session: session('Ada') };
  const { member: ada } = await store.write({ kind: 'set-up', token: (await store.setUpToken()) ?? '', ...founder });
  const invite = { code: 'people', guests: true, maximumUses: 9, expiresAt: Date.now() + 60_000 };
  await store.write({ kind: 'create-invite', author: ada, clientId: mintClientId(), ...invite });
  const joining = { kind: 'join-workspace', code: 'people', name: 'Bea', passwordHash: 'hash' } as const;
  const { member: bea } = await store.write({ ...joining, session: session('Bea') });
  return { store, connection, ada, bea };
}
