import type { Locator } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import type { Person } from './person.ts';

async function detailsOf({ page }: Person, message: Locator) {
  await message.hover();
  await message.getByRole('button', { name: 'More' }).click();
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Details' });
  await expect(dialog).toBeVisible();
  const [names, values] = await Promise.all([
    dialog.getByRole('term').allInnerTexts(),
    dialog.getByRole('definition').allInnerTexts(),
  ]);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  return Object.fromEntries(names.map((name, index) => [name, values[index]]));
}

test('[C.2] a message tells who accepted it and who brought it, and the connection proves that none is missing', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  const [anasReplica, beasReplica] = [await ana.replica(), await bea.replica()];
  await ana.sendMessage('Where do I come from?');
  await ana.expectMessage('Where do I come from?');
  await bea.expectMessage('Where do I come from?');

  const [hers, mine] = [await detailsOf(ana, ana.messageWith('Where')), await detailsOf(bea, bea.messageWith('Where'))];
  expect(hers).toMatchObject({ 'Accepted by': anasReplica, 'Brought here by': anasReplica });
  expect(mine).toMatchObject({ 'Accepted by': anasReplica, 'Brought here by': beasReplica });
  // Only who has sent it knows how long that took.
  expect(hers['Answered after']).toMatch(/^\d+ ms$/);
  expect(mine['Answered after']).toBeUndefined();
  expect(mine['Position in the log']).toMatch(/^#\d+$/);
  expect(mine['Position in the log']).toBe(hers['Position in the log']);
  expect(mine['Committed at']).toMatch(/\d\d:\d\d:\d\d\.\d{3}/);
  expect(mine['Arrived at']).toMatch(/\d\d:\d\d:\d\d\.\d{3}/);

  await bea.page.getByRole('button', { name: /Connection/ }).click();
  const connection = bea.page.locator('.connection-details');
  await expect(connection).toContainText(/Caught up to #\d+, 0 missing/);
  await expect(connection).toContainText(/[1-9]\d* events? checked since the page was opened, in \d streams/);
  await expect(connection).toContainText(/\d ms/);
  await expect(connection).toContainText(beasReplica);

  await bea.page.reload();
  await bea.expectMessage('Where do I come from?');
  const later = await detailsOf(bea, bea.messageWith('Where'));
  expect(later['Brought here by']).toBe('The history, when it was loaded');
  expect(later['Committed at']).toBe(mine['Committed at']);
});

test('[C.8] a channel is replayed as it was, from a message on, without what was deleted since', async ({ guest }) => {
  const ana = await guest('Ana', { reducedMotion: 'reduce' });
  for (const text of ['the first', 'the second', 'the regretted']) {
    await ana.sendMessage(text);
    await ana.expectMessage(text);
  }
  await ana.messageWith('the regretted').hover();
  await ana.messageWith('the regretted').getByRole('button', { name: 'More' }).click();
  await ana.page.getByRole('button', { name: 'Delete' }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(ana.messageWith('the regretted')).toHaveCount(0);
  await ana.composer.press('ArrowUp');
  const editor = ana.page.getByRole('textbox', { name: 'Edit your message' });
  await editor.fill('the second, better');
  await editor.press('Enter');
  await ana.expectMessage('the second, better');

  const first = ana.messageWith('the first');
  await first.hover();
  await first.getByRole('button', { name: 'More' }).click();
  await ana.page.getByRole('button', { name: 'Details', exact: true }).click();
  await ana.page.getByRole('button', { name: 'Replay from here' }).click();
  const dialog = ana.page.getByRole('dialog', { name: 'Replay' });
  const shown = dialog.getByRole('list', { name: 'The channel as it was' }).locator('.replay-text');
  // Who wants less motion presses Play themselves.
  await expect(shown).toHaveText(['the first']);
  await expect(dialog.getByRole('button', { name: 'Play' })).toBeVisible();
  await expectAccessible(ana.page);
  const moment = dialog.getByRole('slider', { name: 'Moment' });
  await moment.fill('3');
  await expect(shown).toHaveText(['the first', 'the second', 'Deleted']);
  await moment.fill('0');
  await expect(shown).toHaveCount(0);
  await dialog.getByRole('button', { name: '100×' }).click();
  await dialog.getByRole('button', { name: 'Play' }).click();
  await expect(shown).toHaveText(['the first', 'the second, better', 'Deleted']);
  await expect(dialog.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(dialog).not.toContainText('regretted');
});

test('[C.8] the last messages of a channel are replayed from its menu', async ({ guest }) => {
  const ana = await guest('Ana', { reducedMotion: 'reduce' });
  for (const text of ['the first', 'the second']) {
    await ana.sendMessage(text);
    await ana.expectMessage(text);
  }
  await ana.page.getByRole('button', { name: /^Options of/ }).click();
  await ana.page.getByRole('button', { name: 'Replay the last messages' }).click();
  const dialog = ana.page.getByRole('dialog', { name: 'Replay' });
  const moment = dialog.getByRole('slider', { name: 'Moment' });
  await expect(dialog.getByRole('button', { name: 'Play' })).toBeEnabled();
  await moment.fill((await moment.getAttribute('max')) ?? '');
  const shown = dialog.getByRole('list', { name: 'The channel as it was' }).locator('.replay-text');
  await expect(shown.filter({ hasText: /^the (first|second)$/ })).toHaveText(['the first', 'the second']);
  await expectAccessible(ana.page);
});
