import type { CDPSession, Locator, Page } from '@playwright/test';

/** A finger on the screen: what the browser makes of it (a tap, a long press, a click) is the browser's own doing. */
export class Finger {
  private readonly session: CDPSession;
  private readonly page: Page;

  private constructor(page: Page, session: CDPSession) {
    this.page = page;
    this.session = session;
  }

  static async on(page: Page): Promise<Finger> {
    return new Finger(page, await page.context().newCDPSession(page));
  }

  /** Puts it on the middle of something and leaves it there for longer than a long press takes. */
  async hold(on: Locator): Promise<void> {
    const box = await on.boundingBox();
    if (!box) throw new Error('There is nothing there to touch.');
    const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] });
    const since = await this.page.evaluate(() => performance.now());
    await this.page.waitForFunction((start) => performance.now() - start > 800, since);
  }

  /** Waits until the page has had what lifting brings about, a click too. */
  async up(): Promise<void> {
    await this.session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await this.page.evaluate(() => new Promise((settled) => requestAnimationFrame(() => setTimeout(settled))));
  }
}
