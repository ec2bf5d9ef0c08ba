import type { Page } from '@playwright/test';
import type { BenchWorkspace } from '../cluster/workspace.ts';
import { percentile, round } from '../figures.ts';
import { openViewer } from '../page/viewer.ts';

/** Milliseconds of one search, one part after the other. */
type Trace = {
  text: string;
  found: number;
  questions: number;
  sent: number;
  answered: number;
  rendered: number;
  painted: number;
};
const parts = ['sent', 'answered', 'rendered', 'painted'] as const;

/** The first ones load what searches need. */
const warmUp = 10;
const shownTraces = 5;

/**
 * From Enter in the search field, which waits for no pause in typing, to the frame that shows what was found: in a real
 * Chromium, on a balancer and three replicas. Every text is another one and finds something. Of the slowest it is told
 * where the time went: until the question was sent, until the last answer came, until React had rendered it, until the
 * browser had painted it, by the browser's own account.
 */
export async function measurePainted(workspace: BenchWorkspace, texts: string[]) {
  const viewer = await openViewer(workspace);
  const traces = (await traceSearches(viewer.page, texts).finally(() => viewer.stop())).slice(warmUp);
  const whole = traces.map(totalOf);
  const share = (part: (typeof parts)[number], at: number) =>
    percentile(
      traces.map((trace) => trace[part]),
      at,
    );
  return {
    ...{ p50Ms: percentile(whole, 0.5), p95Ms: percentile(whole, 0.95), p99Ms: percentile(whole, 0.99) },
    partsP50Ms: Object.fromEntries(parts.map((part) => [part, share(part, 0.5)])),
    partsP99Ms: Object.fromEntries(parts.map((part) => [part, share(part, 0.99)])),
    slowest: traces
      .toSorted((one, other) => totalOf(other) - totalOf(one))
      .slice(0, shownTraces)
      .map((trace) => ({
        ...{ text: trace.text, found: trace.found, questions: trace.questions },
        at: traces.indexOf(trace) + warmUp,
        ...Object.fromEntries(parts.map((part) => [part, round(trace[part])])),
      })),
  };
}

/** Of the Element Timing API: `paintTime` is the end of the frame that first painted the element. */
type Paint = PerformanceEntry & { identifier: string; paintTime: number };

const totalOf = ({ sent, answered, rendered, painted }: Trace) => sent + answered + rendered + painted;

async function traceSearches(page: Page, texts: string[]): Promise<Trace[]> {
  await page.keyboard.press('Control+Shift+F');
  await page.locator('.search-form input').waitFor();
  return page.evaluate(async (searched) => {
    const frame = () => new Promise(requestAnimationFrame);
    // A task posted from a frame's callback runs once that frame is painted.
    const painted = () =>
      new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = resolve;
        port2.postMessage(undefined);
      });
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
    const found = () => document.querySelector('.search-body .found-list');

    let [sentAt, answeredAt, renderedAt, questions] = [0, 0, 0, 0];
    const heard = new WeakSet<WebSocket>();
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
      if (typeof data === 'string' && data.includes('search.messages')) {
        if (questions === 0) sentAt = performance.now();
        questions += 1;
      }
      if (!heard.has(this)) this.addEventListener('message', onMessage);
      heard.add(this);
      send.call(this, data);
    };
    function onMessage({ data, timeStamp }: MessageEvent) {
      if (renderedAt === 0 && typeof data === 'string' && data.includes('"messages":')) answeredAt = timeStamp;
    }

    let paintedAt = 0;
    new PerformanceObserver((list) => {
      for (const { identifier, paintTime } of list.getEntries() as Paint[])
        if (identifier === 'found') paintedAt = paintTime;
    }).observe({ type: 'element' });

    const traces: Trace[] = [];
    for (const text of searched) {
      const input = document.querySelector<HTMLInputElement>('.search-form input');
      const before = found();
      setValue?.call(input, text);
      input?.dispatchEvent(new InputEvent('input', { bubbles: true }));
      // Enter comes once what was typed is drawn.
      await frame();
      await painted();
      [sentAt, answeredAt, renderedAt, paintedAt, questions] = [0, 0, 0, 0, 0];
      const rendering = new MutationObserver(() => {
        const now = found();
        if (renderedAt !== 0 || now === before || now === null) return;
        renderedAt = performance.now();
        now.querySelector('.found-text')?.setAttribute('elementtiming', 'found');
      });
      rendering.observe(document.body, { childList: true, subtree: true });
      const startedAt = performance.now();
      input?.form?.requestSubmit();
      while (paintedAt === 0) {
        if (performance.now() - startedAt > 10_000) throw new Error(`Nothing is shown for ${text}`);
        await frame();
      }
      rendering.disconnect();
      traces.push({
        ...{ text, questions },
        sent: sentAt - startedAt,
        answered: answeredAt - sentAt,
        rendered: renderedAt - answeredAt,
        painted: paintedAt - renderedAt,
        found: document.querySelectorAll('.search-body .found-list > li').length,
      });
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return traces;
  }, texts);
}
