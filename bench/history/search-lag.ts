import { setTimeout as delay } from 'node:timers/promises';
import { mintClientId } from '../../shared/client-id.ts';
import type { BenchWorkspace } from '../cluster/workspace.ts';
import { percentile } from '../figures.ts';

const perSecond = 900;
const seconds = 15;
const sampleEveryMs = 50;

/** How old the oldest message is that the running replica hasn't indexed yet, while 900 a second come in. */
export async function measureLag(
  { store, members, channels }: BenchWorkspace,
  nextText: () => string,
): Promise<{ messagesPerSecond: number; lagP50Ms: number; lagP99Ms: number; ackP99Ms: number }> {
  const [author = 0] = members;
  const committed: { seq: number; at: number }[] = [];
  const acknowledged: number[] = [];
  const lags: number[] = [];
  const startedAt = performance.now();
  const writing: Promise<void>[] = [];
  let running = true;

  async function post(channel: number): Promise<void> {
    const before = performance.now();
    const sent = await store.write({
      kind: 'post-message',
      author,
      channel,
      clientId: mintClientId(),
      text: nextText(),
    });
    acknowledged.push(performance.now() - before);
    committed.push({ seq: sent.seq, at: performance.now() });
  }

  const sampling = (async () => {
    let oldest = 0;
    while (running) {
      await delay(sampleEveryMs);
      const { head } = await store.range();
      const indexedTo = head - (await store.searchLag());
      while ((committed[oldest]?.seq ?? Number.POSITIVE_INFINITY) <= indexedTo) oldest += 1;
      const waiting = committed[oldest];
      lags.push(waiting === undefined ? 0 : performance.now() - waiting.at);
    }
  })();
  for (let sent = 0; performance.now() - startedAt < seconds * 1_000; ) {
    const due = Math.floor(((performance.now() - startedAt) * perSecond) / 1_000);
    for (; sent < due; sent += 1) writing.push(post(channels[sent % channels.length] ?? 0));
    await delay(1);
  }
  await Promise.all(writing);
  running = false;
  await sampling;
  return {
    messagesPerSecond: committed.length / seconds,
    lagP50Ms: percentile(lags, 0.5),
    lagP99Ms: percentile(lags, 0.99),
    ackP99Ms: percentile(acknowledged, 0.99),
  };
}
