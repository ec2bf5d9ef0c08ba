import { expect, test } from './fixtures.ts';
import { writeHistory } from './long-history.ts';

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
  await writeHistory(cluster, { count: 8, authors: [1, 1, 1, 1, 2, 2, 1, 1], minutesApart: 2 });
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
