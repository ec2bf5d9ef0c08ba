import type { Page } from '@playwright/test';
import type { BenchWorkspace } from '../cluster/workspace.ts';
import { percentile } from '../figures.ts';
import { openViewer } from '../page/viewer.ts';

/**
 * From Enter in the search field, which waits for no pause in typing, to the frame that shows what was found: in a real
 * Chromium, on a balancer and three replicas. Every text is another one and finds something.
 */
export async function measurePainted(
  workspace: BenchWorkspace,
  texts: string[],
): Promise<{ p50Ms: number; p95Ms: number; p99Ms: number }> {
  const viewer = await openViewer(workspace);
  const times = await timesOf(viewer.page, texts).finally(() => viewer.stop());
  // The first ones load what searches need.
  const warm = times.slice(10);
  return { p50Ms: percentile(warm, 0.5), p95Ms: percentile(warm, 0.95), p99Ms: percentile(warm, 0.99) };
}

async function timesOf(page: Page, texts: string[]): Promise<number[]> {
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
    const measured: number[] = [];
    for (const text of searched) {
      const input = document.querySelector<HTMLInputElement>('.search-form input');
      const before = found();
      setValue?.call(input, text);
      input?.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await frame();
      const startedAt = performance.now();
      input?.form?.requestSubmit();
      for (let now = before; now === before || now === null; now = found()) {
        if (performance.now() - startedAt > 10_000) throw new Error(`Nothing is shown for ${text}`);
        await frame();
      }
      await painted();
      measured.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    return measured;
  }, texts);
}
