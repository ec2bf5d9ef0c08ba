import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { committed } from '../../server/chat/bus/bus.ts';
import { createUnixBus } from '../../server/chat/bus/unix-bus.ts';
import { hashSecret } from '../../server/chat/identity/session-secret.ts';
import { openSqliteStore } from '../../server/chat/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/chat/store/store.ts';

export type BenchWorkspace = {
  directory: string;
  dataDirectory: string;
  runDirectory: string;
  /** Cookies of the members, the owner's first. */
  cookies: string[];
  members: number[];
  channels: number[];
  /** What another replica would be: the same file, and hints to the others. */
  store: Store;
  remove(): Promise<void>;
};

const dayMs = 86_400_000;

/** A workspace with so many members and public channels; everyone is in the first channel, the owner in all. */
export async function createBenchWorkspace(memberCount: number, channelCount: number): Promise<BenchWorkspace> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-bench-'));
  const dataDirectory = join(directory, 'data');
  await mkdir(dataDirectory);
  const runDirectory = join(directory, 'run');
  const bus = await createUnixBus({
    directory: join(runDirectory, 'bus'),
    id: 'bench',
    greeting: () => [],
    onMessage: () => undefined,
    onPeerLost: () => undefined,
  });
  const store: Store = await openSqliteStore({
    path: join(dataDirectory, 'ronda.sqlite'),
    replica: 'bench',
    onCommit: (batch) => bus.publish(committed(store.log, batch)),
  });
  const session = (index: number) => ({ secretHash: hashSecret(secretOf(index)), expiresAt: Date.now() + dayMs });
  const token = (await store.setUpToken()) ?? '';
  const owner = { workspace: 'Bench', name: 'Owner', passwordHash: '' };
  const { member: author } = await store.write({ kind: 'set-up', token, ...owner, session: session(0) });
  const invite = { code: 'bench', guests: true, maximumUses: 10_000, expiresAt: Date.now() + dayMs };
  await store.write({ kind: 'create-invite', author, clientId: 'i'.padEnd(22, '-'), ...invite });
  const joined = await Promise.all(
    Array.from({ length: memberCount - 1 }, (_, index) =>
      store.write({
        kind: 'join-workspace',
        code: invite.code,
        name: `Member ${index + 1}`,
        passwordHash: null,
        session: session(index + 1),
      }),
    ),
  );
  const channels = [(await store.workspace(author)).channels[0]?.id ?? 0];
  for (let index = 1; index < channelCount; index += 1) {
    const channel = { name: `channel-${index}`, topic: '', private: false, clientId: String(index).padStart(22, '0') };
    channels.push((await store.write({ kind: 'create-channel', author, ...channel })).id);
  }
  return {
    directory,
    dataDirectory,
    runDirectory,
    cookies: Array.from({ length: memberCount }, (_, index) => `ronda=${secretOf(index)}`),
    members: [author, ...joined.map(({ member }) => member)],
    channels,
    store,
    async remove() {
      await store.close();
      await bus.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const secretOf = (index: number) => `bench-${index}`;
