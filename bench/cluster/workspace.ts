import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
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

const monthMs = 30 * 86_400_000;

/** Who and what a workspace's file has, as it was created. */
export type Populated = Pick<BenchWorkspace, 'members' | 'channels'>;

/** A workspace with so many members and public channels; everyone is in the first channel, the owner in all. */
export function createBenchWorkspace(memberCount: number, channelCount: number): Promise<BenchWorkspace> {
  return openWorkspace(
    () => undefined,
    (store) => populate(store, memberCount, channelCount),
  );
}

/** On a copy of the file of one that was created before. */
export function reopenBenchWorkspace(file: string, populated: Populated): Promise<BenchWorkspace> {
  return openWorkspace(
    (path) => copyFile(file, path),
    async () => populated,
  );
}

async function openWorkspace(
  prepare: (path: string) => Promise<void> | undefined,
  populatedIn: (store: Store) => Promise<Populated>,
): Promise<BenchWorkspace> {
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
  const path = join(dataDirectory, 'ronda.sqlite');
  await prepare(path);
  const store: Store = await openSqliteStore({
    path,
    replica: 'bench',
    onCommit: (batch) => bus.publish(committed(store.log, batch)),
  });
  const { members, channels } = await populatedIn(store);
  return {
    directory,
    dataDirectory,
    runDirectory,
    cookies: members.map((_, index) => `ronda=${secretOf(index)}`),
    members,
    channels,
    store,
    async remove() {
      await store.close();
      await bus.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function populate(store: Store, memberCount: number, channelCount: number): Promise<Populated> {
  const session = (index: number) => ({ secretHash: hashSecret(secretOf(index)), expiresAt: Date.now() + monthMs });
  const token = (await store.setUpToken()) ?? '';
  const owner = { workspace: 'Bench', name: 'Owner', passwordHash: '' };
  const { member: author } = await store.write({ kind: 'set-up', token, ...owner, session: session(0) });
  const invite = { code: 'bench', guests: true, maximumUses: 10_000, expiresAt: Date.now() + monthMs };
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
  return { members: [author, ...joined.map(({ member }) => member)], channels };
}

const secretOf = (index: number) => `bench-${index}`;
