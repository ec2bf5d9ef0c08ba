import { devices } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`[A.1] every screen before the chat passes axe, ${colorScheme}`, async ({
    cluster,
    newcomer,
    owner,
    invite,
  }) => {
    const ana = await newcomer('Ana', { colorScheme, reducedMotion: 'reduce' });
    await ana.page.goto('/');
    await expect(ana.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expectAccessible(ana.page);
    await ana.page.goto(`/join/${await invite()}`);
    await expect(ana.page.getByRole('button', { name: 'Join', exact: true })).toBeVisible();
    await expectAccessible(ana.page);
    await ana.page.goto('/join/AAAAAAAAAAAAAAAAAAAAAA');
    await expect(ana.page.getByRole('main').getByRole('heading')).toBeVisible();
    await expectAccessible(ana.page);
    expect([cluster.url, owner.cookie]).not.toContain('');
  });

  test(`[A.1] the set-up passes axe, ${colorScheme}`, async ({ cluster, newcomer }) => {
    const olga = await newcomer('Olga', { colorScheme, reducedMotion: 'reduce' });
    await olga.page.goto('/');
    await expect(olga.page.getByRole('heading', { name: 'This Ronda has no owner yet' })).toBeVisible();
    await expectAccessible(olga.page);
    await olga.page.goto(cluster.setUpLink);
    await expect(olga.page.getByRole('button', { name: 'Create the workspace' })).toBeVisible();
    await expectAccessible(olga.page);
  });

  test(`[A.1] the chat and its dialogs pass axe, ${colorScheme}`, async ({ cluster, owner, newcomer }) => {
    const olga = await newcomer('Olga', { colorScheme, reducedMotion: 'reduce' });
    await olga.use(owner.cookie, cluster.url);
    await olga.expectInside();
    for (const text of ['First', 'Second https://example.org', 'x'.repeat(300)]) await olga.sendMessage(text);
    await olga.expectMessage('Second');
    await expectAccessible(olga.page);
    const dialogs = [
      'New channel',
      'Browse channels',
      'New direct message',
      'Everyone here',
      'Saved messages',
      'Mentions',
    ];
    for (const name of [...dialogs, 'Pinned messages', 'People', 'Invite people', 'Settings']) {
      await olga.page.getByRole('button', { name }).first().click();
      await expect(olga.page.getByRole('dialog')).toBeVisible();
      await expectAccessible(olga.page);
      await olga.page.keyboard.press('Escape');
      await expect(olga.page.getByRole('dialog')).toBeHidden();
    }
  });

  test(`[A.1] what is done with a message passes axe, ${colorScheme}`, async ({ cluster, owner, newcomer }) => {
    const olga = await newcomer('Olga', { colorScheme, reducedMotion: 'reduce' });
    await olga.use(owner.cookie, cluster.url);
    await olga.sendMessage('First');
    await olga.expectMessage('First');
    const first = olga.messageWith('First');
    // Accepted isn't home: only a message of the log can be focused.
    await expect(first).toHaveAttribute('data-message-id', /\d/);
    for (const name of ['Details', 'Forward', 'Delete']) {
      await first.focus();
      await olga.page.keyboard.press('Enter');
      await expect(olga.page.locator('.message-menu')).toBeVisible();
      await expectAccessible(olga.page);
      await olga.page.locator('.message-menu').getByRole('button', { name }).click();
      await expect(olga.page.getByRole('dialog')).toBeVisible();
      await expectAccessible(olga.page);
      await olga.page.keyboard.press('Escape');
      await expect(olga.page.getByRole('dialog')).toBeHidden();
    }
    await olga.page.getByRole('button', { name: 'Insert an emoji' }).click();
    // A few of them: to look through all two thousand takes axe half a minute.
    await olga.page.getByRole('combobox', { name: 'Search emoji' }).fill('birthday');
    await expect(olga.page.getByRole('option').first()).toBeVisible();
    await expectAccessible(olga.page);
    await olga.page.getByRole('combobox', { name: 'Search emoji' }).fill('no such thing');
    await expect(olga.page.getByRole('status').filter({ hasText: 'No such emoji' })).toBeAttached();
    await expectAccessible(olga.page);
    await olga.page.keyboard.press('Escape'); // clears the search
    await olga.page.keyboard.press('Escape');
    await first.hover();
    await first.getByRole('button', { name: 'Reply in a thread' }).click();
    await expect(olga.page.getByRole('textbox', { name: 'Reply in the thread' })).toBeVisible();
    await expectAccessible(olga.page);
  });
}

test('[A.3] on a phone one reads, writes and changes channel, and nothing scrolls sideways', async ({ guest }) => {
  const { viewport, userAgent, isMobile, hasTouch } = devices['Pixel 7'];
  for (const width of [viewport.width, 320]) {
    const ana = await guest(`Ana ${width}`, { viewport: { ...viewport, width }, userAgent, isMobile, hasTouch });
    await ana.composer.fill(`from ${width} pixels`);
    await ana.page.getByRole('button', { name: 'Send' }).tap();
    await ana.expectMessage(`from ${width} pixels`);
    await ana.page.getByRole('button', { name: 'Open channels' }).tap();
    await expect(ana.page.getByRole('link', { name: 'general' })).toBeInViewport();
    const wider = await ana.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wider).toBeLessThanOrEqual(0);
  }
});

test('[A.1] by keyboard alone one finds the composer, writes and reads', async ({ guest }) => {
  const ana = await guest('Ana');
  await ana.page.keyboard.type('typed anywhere');
  await ana.page.keyboard.press('Enter');
  await ana.expectMessage('typed anywhere');
});

test('[A.1] the theme follows the system, and the person', async ({ guest }) => {
  const ana = await guest('Ana', { colorScheme: 'dark' });
  const background = () => ana.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await ana.page.getByRole('button', { name: 'Light' }).click();
  await expect.poll(background).not.toBe(dark);
  const light = await background();
  await ana.page.reload();
  await ana.expectInside();
  expect(await background()).toBe(light);
});
