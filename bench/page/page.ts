import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession } from '@playwright/test';
import { mintClientId } from '../../shared/client-id.ts';
import type { BenchWorkspace } from '../cluster/workspace.ts';
import { percentile, round } from '../figures.ts';
import { createTexts } from '../history/texts.ts';
import { framesDuring } from './frames.ts';
import { createLargeWorkspace, size } from './large-workspace.ts';
import { openViewer, type Viewer } from './viewer.ts';

const lastsMs = 60_000;
const perSecond = 50;
const measures = { switch: switchChannels, scroll: scrollForAMinute, live: followForAMinute };
type Case = keyof typeof measures;

/** The page among a million messages, 5,000 members and 300 channels. `npm run bench -- page switch` takes one case. */
export async function* benchPage(only?: string): AsyncGenerator<Record<string, unknown>> {
  const workspace = await createLargeWorkspace();
  for (const name of Object.keys(measures) as Case[]) {
    if (only !== undefined && only !== name && !only.startsWith('-')) continue;
    const viewer = await openViewer(workspace);
    for (const figures of await measures[name](viewer, workspace))
      yield { bench: 'page', ...figures, messages: size.messages, members: size.members, channels: size.channels };
    await viewer.stop();
  }
  await workspace.remove();
}

/** From the click on a channel to the frame that shows its messages. */
async function switchChannels({ page }: Viewer, { channels }: BenchWorkspace) {
  const visit = (ids: number[]) =>
    page.evaluate(async (targets) => {
      const times: number[] = [];
      for (const id of targets) {
        const link = document.querySelector<HTMLElement>(`a[href="/channels/${id}"]`);
        const before = document.querySelector('.message-scroller');
        const startedAt = performance.now();
        link?.click();
        for (;;) {
          await new Promise(requestAnimationFrame);
          const now = document.querySelector('.message-scroller');
          if (now !== before && now?.querySelector('[data-row]')) break;
        }
        // A task posted from a frame's callback runs once that frame is painted.
        await new Promise((resolve) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = resolve;
          port2.postMessage(undefined);
        });
        times.push(performance.now() - startedAt);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return times;
    }, ids);
  const cold = await visit(channels.slice(1, 151));
  const familiar = channels.slice(1, 21);
  const cached = await visit(Array.from({ length: 150 }, (_, index) => familiar[(index * 7) % familiar.length] ?? 0));
  return [
    { case: 'switch-cached', p50Ms: percentile(cached, 0.5), p95Ms: percentile(cached, 0.95) },
    { case: 'switch-cold', p50Ms: percentile(cold, 0.5), p95Ms: percentile(cold, 0.95) },
  ];
}

/** Up through the history with the wheel for 40 s, then down again. */
async function scrollForAMinute({ page, context }: Viewer) {
  const devtools = await context.newCDPSession(page);
  await page.locator('.message-scroller').hover();
  const samples = [await weigh(devtools)];
  const frames = await framesDuring(page, async () => {
    const startedAt = performance.now();
    let sampledAt = startedAt;
    for (let now = startedAt; now - startedAt < lastsMs; now = performance.now()) {
      await page.mouse.wheel(0, now - startedAt < (lastsMs * 2) / 3 ? -900 : 900);
      await delay(30);
      if (now - sampledAt < 5_000) continue;
      sampledAt = now;
      samples.push(await weigh(devtools));
    }
  });
  const heaps = samples.map(({ heap }) => heap);
  const half = Math.ceil(heaps.length / 2);
  return [
    {
      case: 'scroll',
      mostNodes: Math.max(...samples.map(({ nodes }) => nodes)),
      mostRows: Math.max(...samples.map(({ rows }) => rows)),
      firstHalfMegabytes: round(Math.max(...heaps.slice(0, half))),
      secondHalfMegabytes: round(Math.max(...heaps.slice(half))),
      frameP99Ms: percentile(frames, 0.99),
    },
  ];
}

/** 50 messages a second from many people into the channel that is open, followed at its end. */
async function followForAMinute({ page, context }: Viewer, { store, channels, members }: BenchWorkspace) {
  const devtools = await context.newCDPSession(page);
  const nextText = createTexts(7);
  const [channel = 0] = channels;
  await page.locator('.message-scroller').hover();
  const frames = await framesDuring(page, async () => {
    const startedAt = performance.now();
    const writes: Promise<unknown>[] = [];
    for (let written = 0; written < (lastsMs / 1_000) * perSecond; written += 1) {
      const due = startedAt + (written * 1_000) / perSecond;
      const ahead = due - performance.now();
      if (ahead > 0) await delay(ahead);
      const author = members[written % 200] ?? 0;
      const message = { author, channel, clientId: mintClientId(), text: nextText() };
      writes.push(store.write({ kind: 'post-message', ...message }));
    }
    await Promise.all(writes);
  });
  const { nodes, rows, heap } = await weigh(devtools);
  return [
    {
      case: 'live',
      frames: frames.length,
      frameP99Ms: percentile(frames, 0.99),
      longestFrameMs: round(Math.max(...frames)),
      framesOver50Ms: frames.filter((ms) => ms > 50).length,
      nodes,
      rows,
      megabytes: round(heap),
    },
  ];
}

/** What the page holds once garbage is collected; heap in MB. */
async function weigh(devtools: CDPSession): Promise<{ nodes: number; rows: number; heap: number }> {
  await devtools.send('HeapProfiler.collectGarbage');
  await devtools.send('Performance.enable');
  const { metrics } = await devtools.send('Performance.getMetrics');
  const heap = (metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0) / 1_048_576;
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: "[document.querySelectorAll('*').length, document.querySelectorAll('[data-row]').length]",
    returnByValue: true,
  });
  const [nodes = 0, rows = 0] = result.value as number[];
  return { nodes, rows, heap };
}
