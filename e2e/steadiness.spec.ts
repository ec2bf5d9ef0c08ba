import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { movementDuring, nextFrames } from './frames.ts';
import { writeHistory } from './long-history.ts';
import { pngPicture, uploadFile } from './upload-file.ts';

const replicas = ['chat-1', 'chat-2', 'chat-3'];

test('[UX29] a lost connection is told of after five seconds, not before; one writes on, and what was missed comes by itself', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  const { page } = ana;
  const banner = page.getByText('No connection. We’re trying to get back');
  await page.clock.install();
  const waiting = () => expect(page.getByText('No connection', { exact: true })).toBeVisible();

  await Promise.all(replicas.map((name) => cluster.takeDown(name)));
  await waiting();
  await page.clock.fastForward(4_000);
  await expect(banner).toHaveCount(0);
  await page.clock.fastForward(1_500);
  await expect(banner).toBeVisible();

  await ana.sendMessage('written meanwhile');
  await expect(ana.messageWith('written meanwhile')).toHaveAttribute('data-state', 'sending');
  await expect(ana.composer).toBeEditable();
  await Promise.all(replicas.map((name) => cluster.bringBack(name)));
  await page.clock.resume();
  await ana.expectMessage('written meanwhile');
  await expect(banner).toHaveCount(0);
  await bea.expectMessage('written meanwhile');
});

test('[UX24] messages group by author within five minutes; the day and another author break the group', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  await writeHistory(cluster, { count: 8, authors: [1, 1, 1, 1, 2, 2, 1, 1], minutesApart: 0.5 });
  await ana.page.reload();
  await ana.expectMessage('line 8.');
  const starts = () =>
    ana.log
      .locator('[data-row]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-starts-group') === 'true'));
  expect((await starts()).slice(-4)).toEqual([true, false, true, false]);

  cluster.onDatabase(
    'UPDATE messages SET at = at - 86400000 WHERE number <= 6; UPDATE messages SET at = at - 600000 WHERE number = 7',
  );
  await ana.page.reload();
  await ana.expectMessage('line 8.');
  await expect.poll(async () => (await starts()).slice(-2)).toEqual([true, true]);
  await expect(ana.page.getByRole('group', { name: 'Yesterday' })).toHaveCount(1);
});

test('[A.6] from right to left everything stands on its other side, and nothing scrolls sideways', async ({
  guest,
  cluster,
}) => {
  await writeHistory(cluster, { count: 30 });
  const ana = await guest('Ana');
  await ana.expectMessage('line 30.');
  for (const width of [1_280, 390]) {
    await ana.page.setViewportSize({ width, height: 800 });
    const shown = await ana.page.evaluate(() => {
      document.documentElement.dir = 'rtl';
      const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
      const [avatar, text, send, composer] = [
        '.message .avatar',
        '.message-text',
        '.composer-send',
        '.composer textarea',
      ].map(box);
      return {
        avatarAfterText: (avatar?.left ?? 0) > (text?.left ?? 0),
        sendOnTheLeft: (send?.right ?? 0) < (composer?.left ?? 0) + (composer?.width ?? 0) / 2,
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      };
    });
    expect(shown).toEqual({ avatarAfterText: true, sendOnTheLeft: true, sideways: 0 });
    if (width === 1_280) {
      const main = await ana.page.locator('main').boundingBox();
      expect(main?.x).toBe(0);
    }
  }
});

test('[UX4] [V.1] pictures that arrive while one reads move nothing: each row has its height before', async ({
  cluster,
  owner,
  guest,
}) => {
  await writeHistory(cluster, { count: 60 });
  for (const one of Array.from({ length: 12 }, (_, index) => index)) {
    const picture = await pngPicture(300 + 130 * (one % 5), 200 + 170 * (one % 4), one);
    const attachments = await Promise.all(
      Array.from({ length: 1 + (one % 3) }, (_, nth) => uploadFile(cluster.url, owner, `${one}-${nth}.png`, picture)),
    );
    const text = one % 2 === 0 ? `picture ${one}` : '';
    await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text, attachments });
  }
  const ana = await guest('Ana');
  // The browser has none of them yet: it is asked anew, and waits.
  let waiting: (() => void)[] = [];
  let held = true;
  await ana.page.route(/\/files\/[^/]+\/(view|small)$/, async (route) => {
    if (held) await new Promise<void>((resolve) => waiting.push(resolve));
    await route.continue();
  });
  await ana.page.reload();
  await ana.expectMessage('picture 10');
  const heights = () =>
    ana.log
      .locator('[data-row]')
      .evaluateAll((rows) =>
        Object.fromEntries(
          rows.map((row) => [row.getAttribute('data-message-id'), row.getBoundingClientRect().height]),
        ),
      );
  const seen = () =>
    ana.page.evaluate(() => [...document.images].filter(({ naturalWidth }) => naturalWidth > 0).length);
  const before = await heights();
  for (const up of [0, 900]) {
    await ana.page.locator('.message-scroller').evaluate((element, by) => element.scrollBy(0, -by), up);
    await nextFrames(ana, 3);
    await expect.poll(() => waiting.length).toBeGreaterThan(0);
    const none = await seen();
    const moved = await movementDuring(
      ana,
      async () => {
        held = false;
        for (const release of waiting) {
          release();
          await nextFrames(ana, 2);
        }
      },
      () => expect.poll(seen).toBeGreaterThan(none + 1),
    );
    expect(moved).toBe(0);
    expect(await heights()).toMatchObject(before);
    held = true;
    waiting = [];
  }
});
