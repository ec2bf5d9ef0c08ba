import { join } from 'node:path';
import { createChatClient } from '../../server/chat/testing/chat-client.ts';
import { mintClientId } from '../../shared/client-id.ts';
import { startReplica } from '../cluster/processes.ts';
import { type BenchWorkspace, createBenchWorkspace } from '../cluster/workspace.ts';
import { percentile } from '../figures.ts';
import { createTexts } from './texts.ts';

const messages = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const channels = 50;
const seed = 20_260;
const samples = 3_000;
const atOnce = 64;

type Line = { bench: string; case: string; p50Ms: number; p99Ms: number; messages: number };

/** Random pages of random channels, asked one after the other by a stock client of a real replica. */
export async function* benchHistory(): AsyncGenerator<Line> {
  const workspace = await createBenchWorkspace(1, channels);
  await fill(workspace);
  const replica = await startReplica(workspace, 'chat-1');
  const client = createChatClient({
    socketPath: join(workspace.runDirectory, 'replicas', 'chat-1.sock'),
    cookie: workspace.cookies[0] ?? '',
  });
  const { head } = await workspace.store.range();
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const channel = workspace.channels[Math.floor(Math.random() * channels)] ?? 0;
    const before = Math.floor(Math.random() * head);
    const startedAt = performance.now();
    await client.trpc.messages.page.query({ channel, before, limit: 50 });
    times.push(performance.now() - startedAt);
  }
  yield { bench: 'history', case: 'page', p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99), messages };
  await client.close();
  await replica.stop();
  await workspace.remove();
}

async function fill({ store, members, channels: ids }: BenchWorkspace): Promise<void> {
  const nextText = createTexts(seed);
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
