import { join } from 'node:path';
import { createChatClient } from '../../server/chat/testing/chat-client.ts';
import { SearchMessages } from '../../shared/protocol.ts';
import { startReplica } from '../cluster/processes.ts';
import type { BenchWorkspace } from '../cluster/workspace.ts';
import { percentile } from '../figures.ts';
import { channels, createHistoryWorkspace, messages, seed } from './history-workspace.ts';
import { measureLag } from './search-lag.ts';
import { measurePainted } from './search-painted.ts';
import { searchCases, searchedTexts } from './searches.ts';
import { createRichTexts } from './texts.ts';

const samples = 3_000;

type Line = { case: string } & Record<string, unknown>;

const measures: Record<string, (workspace: BenchWorkspace) => AsyncGenerator<Line>> = {
  page: measurePages,
  search: measureSearches,
  lag: async function* (workspace) {
    // Which keeps the index.
    const { stop } = await askReplica(workspace);
    const figures = await measureLag(workspace, createRichTexts(seed + 9));
    await stop();
    yield { case: 'search-lag', ...figures };
  },
  painted: async function* (workspace) {
    yield { case: 'search-painted', ...(await measurePainted(workspace, searchedTexts())) };
  },
};

/**
 * Pages, searches, the index while people write, and searches on the page, over a million messages.
 * `npm run bench -- history painted` takes one case; `BENCH_KEPT` names a folder that keeps the messages for later runs.
 */
export async function* benchHistory(only?: string): AsyncGenerator<Record<string, unknown>> {
  const { workspace, indexedPerSecond } = await createHistoryWorkspace();
  try {
    if (indexedPerSecond !== undefined) yield { bench: 'history', case: 'index', indexedPerSecond, messages };
    for (const [name, measure] of Object.entries(measures)) {
      if (only !== undefined && only !== name) continue;
      for await (const line of measure(workspace)) yield { bench: 'history', ...line, messages };
    }
  } finally {
    await workspace.remove();
  }
}

async function* measurePages(workspace: BenchWorkspace): AsyncGenerator<Line> {
  const { trpc, stop } = await askReplica(workspace);
  const { head } = await workspace.store.range();
  const times = await timesOf(samples, () => {
    const channel = workspace.channels[Math.floor(Math.random() * channels)] ?? 0;
    return trpc.messages.page.query({ channel, before: Math.floor(Math.random() * head), limit: 50 });
  });
  await stop();
  yield { case: 'page', p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

async function* measureSearches(workspace: BenchWorkspace): AsyncGenerator<Line> {
  const { trpc, stop } = await askReplica(workspace);
  const [all, allCpu, allOverSocket]: [number[], number[], number[]] = [[], [], []];
  let unfinished = 0;
  for (const [name, nextQuery] of Object.entries(searchCases(seed, channels))) {
    const [times, cpu, overSocket]: [number[], number[], number[]] = [[], [], []];
    for (let sample = 0; sample < 200; sample += 1) {
      const query = nextQuery();
      const inReplica = async () => {
        const page = await workspace.store.search(workspace.members[0] ?? 0, SearchMessages.parse(query));
        if (page.next !== undefined && page.messages.length < 20) unfinished += 1;
      };
      const before = process.cpuUsage();
      times.push(...(await timesOf(1, inReplica)));
      const { user, system } = process.cpuUsage(before);
      cpu.push((user + system) / 1_000);
      overSocket.push(...(await timesOf(1, () => trpc.search.messages.query(query))));
    }
    all.push(...times);
    allCpu.push(...cpu);
    allOverSocket.push(...overSocket);
    yield { case: `search: ${name}`, ...searchFigures(times, cpu, overSocket) };
  }
  await stop();
  // An answer that is short and leads on has had its time, and what is left is the next question's.
  yield { case: 'search', ...searchFigures(all, allCpu, allOverSocket), unfinished: unfinished / all.length };
}

const searchFigures = (times: number[], cpu: number[], overSocket: number[]) => ({
  ...{ p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) },
  ...{ cpuP50Ms: percentile(cpu, 0.5), cpuP99Ms: percentile(cpu, 0.99) },
  ...{ socketP50Ms: percentile(overSocket, 0.5), socketP99Ms: percentile(overSocket, 0.99) },
});

/** A stock client of a real replica. */
async function askReplica(workspace: BenchWorkspace) {
  const replica = await startReplica(workspace, 'chat-1');
  const client = createChatClient({
    socketPath: join(workspace.runDirectory, 'replicas', 'chat-1.sock'),
    cookie: workspace.cookies[0] ?? '',
  });
  return {
    trpc: client.trpc,
    async stop() {
      await client.close();
      await replica.stop();
    },
  };
}

async function timesOf(count: number, ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let sample = 0; sample < count; sample += 1) {
    const startedAt = performance.now();
    await ask();
    times.push(performance.now() - startedAt);
  }
  return times;
}
