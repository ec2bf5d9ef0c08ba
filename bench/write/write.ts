import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openSqliteStore } from '../../server/chat/store/sqlite/sqlite-store.ts';
import { median, percentile } from '../figures.ts';
import type { WriterOrder, WriterReport } from './writer.ts';

const replicas = ['chat-1', 'chat-2', 'chat-3'];
const channelCount = 50;
const seconds = 5;
const runs = 3;

const cases = {
  saturated: { kind: 'saturated', inFlight: 64 },
  'steady-900': { kind: 'steady', perSecond: 300 },
} as const;

type Figures = { messagesPerSecond: number; p50Ms: number; p99Ms: number; fairness: number };

/** Three processes at one file, full schema, `synchronous=FULL`: the store alone, without sockets. */
export async function* benchWrite(): AsyncGenerator<{ bench: string; case: string } & Figures> {
  for (const [name, load] of Object.entries(cases)) {
    const results: Figures[] = [];
    for (let run = 0; run < runs; run += 1) results.push(await measure(load));
    const of = (figure: keyof Figures) => median(results.map((result) => result[figure]));
    yield {
      bench: 'write',
      case: name,
      messagesPerSecond: of('messagesPerSecond'),
      p50Ms: of('p50Ms'),
      p99Ms: of('p99Ms'),
      fairness: of('fairness'),
    };
  }
}

async function measure(load: WriterOrder['load']): Promise<Figures> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-bench-'));
  const path = join(directory, 'ronda.sqlite');
  try {
    const { author, channels } = await prepare(path);
    const children = replicas.map(() => fork(new URL('writer.ts', import.meta.url)));
    await Promise.all(
      children.map((child, index) =>
        ask(child, {
          path,
          busDirectory: join(directory, 'bus'),
          replica: replicas[index] ?? '',
          author,
          channels,
          seconds,
          load,
        }),
      ),
    );
    await delay(2_000); // the replicas find each other
    const reports = (await Promise.all(children.map((child) => ask(child, 'go')))) as WriterReport[];
    await Promise.all(children.map((child) => child.exitCode ?? once(child, 'exit')));
    const counts = reports.map(({ acknowledged }) => acknowledged);
    const latencies = reports.flatMap(({ latenciesMs }) => latenciesMs);
    return {
      messagesPerSecond: counts.reduce((sum, count) => sum + count, 0) / seconds,
      p50Ms: percentile(latencies, 0.5),
      p99Ms: percentile(latencies, 0.99),
      fairness: Math.min(...counts) / Math.max(...counts),
    };
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function ask(child: ChildProcess, message: WriterOrder | 'go'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null) => {
      reject(new Error(`A writer ended with ${code} and said nothing`));
    };
    child.once('exit', onExit);
    child.once('message', (answer) => {
      child.off('exit', onExit);
      resolve(answer);
    });
    child.send(message);
  });
}

async function prepare(path: string): Promise<{ author: number; channels: number[] }> {
  const store = await openSqliteStore({ path, replica: 'bench', onCommit: () => undefined });
  const token = (await store.setUpToken()) ?? '';
  const session = { secretHash: 'bench', expiresAt: Date.now() + 1_000 };
  const owner = { workspace: 'Bench', name: 'Bench', passwordHash: '' };
  const { member: author } = await store.write({ kind: 'set-up', token, ...owner, session });
  const channels: number[] = [];
  for (let index = 0; index < channelCount; index += 1) {
    const channel = { name: `channel-${index}`, topic: '', private: false, clientId: String(index).padStart(22, '0') };
    channels.push((await store.write({ kind: 'create-channel', author, ...channel })).id);
  }
  await store.close();
  return { author, channels };
}
