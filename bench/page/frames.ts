import type { Page } from '@playwright/test';

/** Milliseconds between one frame and the next while something happened. */
export async function framesDuring(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  await page.evaluate(() => {
    const frameTimes: number[] = [];
    let last = performance.now();
    const next = (now: number) => {
      frameTimes.push(now - last);
      last = now;
      if (!Reflect.get(globalThis, 'framesEnded')) requestAnimationFrame(next);
    };
    Object.assign(globalThis, { frameTimes, framesEnded: false });
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(next);
    });
  });
  await act();
  return page.evaluate(() => {
    Object.assign(globalThis, { framesEnded: true });
    return Reflect.get(globalThis, 'frameTimes') as number[];
  });
}
