import { join } from 'node:path';
import { createChatClient } from '../../server/chat/testing/chat-client.ts';
import { mintClientId } from '../../shared/client-id.ts';
import { SearchMessages } from '../../shared/protocol.ts';
import { startReplica } from '../cluster/processes.ts';
import { type BenchWorkspace, createBenchWorkspace } from '../cluster/workspace.ts';
import { percentile } from '../figures.ts';
import { measureLag } from './search-lag.ts';
import { measurePainted } from './search-painted.ts';
import { searchCases, searchedTexts } from './searches.ts';
import { createRichTexts } from './texts.ts';

const messages = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const channels = 50;
const seed = 20_260;
const samples = 3_000;
const atOnce = 64;

/** Pages, searches, and the search's index while people write, by a stock client of a real replica. */
export async function* benchHistory(): AsyncGenerator<Record<string, unknown>> {
  const workspace = await createBenchWorkspace(1, channels);
  await fill(workspace);
  const indexedPerSecond = await index(workspace);
  const replica = await startReplica(workspace, 'chat-1');
  const client = createChatClient({
    socketPath: join(workspace.runDirectory, 'replicas', 'chat-1.sock'),
    cookie: workspace.cookies[0] ?? '',
  });
  const { head } = await workspace.store.range();
  const line = (name: string, times: number[], more: object = {}) => ({
    ...{ bench: 'history', case: name, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99), messages },
    ...more,
  });

  yield line(
    'page',
    await timesOf(samples, () => {
      const channel = workspace.channels[Math.floor(Math.random() * channels)] ?? 0;
      return client.trpc.messages.page.query({ channel, before: Math.floor(Math.random() * head), limit: 50 });
    }),
  );

  const [all, allOverSocket]: [number[], number[]] = [[], []];
  let unfinished = 0;
  for (const [name, nextQuery] of Object.entries(searchCases(seed, channels))) {
    const [times, overSocket]: [number[], number[]] = [[], []];
    for (let sample = 0; sample < 200; sample += 1) {
      const query = nextQuery();
      const inReplica = async () => {
        const page = await workspace.store.search(workspace.members[0] ?? 0, SearchMessages.parse(query));
        if (page.next !== undefined && page.messages.length < 20) unfinished += 1;
      };
      times.push(...(await timesOf(1, inReplica)));
      overSocket.push(...(await timesOf(1, () => client.trpc.search.messages.query(query))));
    }
    all.push(...times);
    allOverSocket.push(...overSocket);
    yield line(`search: ${name}`, times, socketFigures(overSocket));
  }
  // An answer that is short and leads on has had its time, and what is left is the next question's.
  yield line('search', all, {
    ...socketFigures(allOverSocket),
    ...{ unfinished: unfinished / all.length, indexedPerSecond },
  });

  yield { bench: 'history', case: 'search-lag', ...(await measureLag(workspace, createRichTexts(seed + 9))), messages };
  await client.close();
  await replica.stop();
  const painted = await measurePainted(workspace, searchedTexts());
  yield { bench: 'history', case: 'search-painted', ...painted, messages };
  await workspace.remove();
}

const socketFigures = (times: number[]) => ({
  socketP50Ms: percentile(times, 0.5),
  socketP99Ms: percentile(times, 0.99),
});

async function timesOf(count: number, ask: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let sample = 0; sample < count; sample += 1) {
    const startedAt = performance.now();
    await ask();
    times.push(performance.now() - startedAt);
  }
  return times;
}

async function fill({ store, members, channels: ids }: BenchWorkspace): Promise<void> {
  const nextText = createRichTexts(seed);
  const [author = 0] = members;
  let written = 0;
  await Promise.all(
    Array.from({ length: atOnce * 4 }, async () => {
      while (written < messages) {
        written += 1;
        const channel = ids[written % ids.length] ?? 0;
        await store.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text: nextText() });
      }
    }),
  );
}

/** As a replica does it with an old folder, without the pauses that it makes for people who write. */
async function index({ store }: BenchWorkspace): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { due, more: _, ...batch } = await store.unindexed(1_000);
    if (!due) break;
    await store.write({ kind: 'index-messages', holder: 'bench', forMs: 100, ...batch });
  }
  const perSecond = Math.round((messages * 1_000) / (performance.now() - startedAt));
  for (let begun = false, more = true; more; begun = true)
    ({ more } = await store.write({ kind: 'merge-search-index', holder: 'bench', forMs: 100, begun }));
  return perSecond;
}
