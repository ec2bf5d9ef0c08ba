import { expect, test } from './fixtures.ts';

test('[UX23] [T.4] any emoji is found in Spanish or English by keyboard, set as a reaction, and remembered', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await bea.sendMessage('who brings cake?');
  await ana.expectMessage('who brings cake?');

  const open = async () => {
    await ana.messageWith('cake').hover();
    await ana.messageWith('cake').getByRole('button', { name: 'Add a reaction', exact: true }).click();
    await expect(search).toBeFocused();
  };
  const search = ana.page.getByRole('combobox', { name: 'Search emoji' });
  const chosen = ana.page.getByRole('option', { selected: true });
  await open();
  await expect(ana.page.getByRole('group', { name: 'Food and drink' })).toBeAttached();
  await search.pressSequentially('tarta de cumpl');
  await expect(chosen).toHaveText('🎂');
  await search.fill('birthday');
  await search.press('ArrowRight');
  await search.press('ArrowLeft');
  await expect(chosen).toHaveText('🎂');
  await search.press('Enter');
  await expect(search).toHaveCount(0);
  await expect(bea.messageWith('cake').locator('.reaction')).toHaveText('🎂 1');

  await open();
  await expect(ana.page.getByRole('group', { name: 'Recent' })).toContainText('🎂');
  await ana.page.getByRole('button', { name: 'Medium', exact: true }).click();
  await search.fill('ok hand');
  await chosen.filter({ hasText: '👌🏽' }).click();
  await expect(bea.messageWith('cake').locator('.reaction')).toHaveText(['🎂 1', '👌🏽 1']);
  await open();
  await ana.page.keyboard.press('Escape');
  await expect(search).toHaveCount(0);
});

test('[UX23] the picker, the formatting bar and a menu asked for without a connection do no harm', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  await ana.composer.fill('still here');
  await ana.context.setOffline(true);
  await ana.page.getByRole('button', { name: 'Formatting' }).click();
  await ana.page.getByRole('button', { name: 'Insert an emoji' }).click();
  await ana.page.keyboard.press('Escape');
  const menu = ana.page.getByRole('button', { name: 'Options of #general' });
  await menu.click();
  await ana.page.keyboard.press('Escape');
  await expect(ana.composer).toHaveValue('still here');
  await ana.context.setOffline(false);
  await menu.click();
  await expect(ana.page.getByRole('button', { name: 'Add to favourites' })).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await ana.page.getByRole('button', { name: 'Insert an emoji' }).click();
  await ana.page.getByRole('combobox', { name: 'Search emoji' }).fill('tada');
  await ana.page.getByRole('combobox', { name: 'Search emoji' }).press('Enter');
  await expect(ana.composer).toHaveValue('still here🎉');
});

test('[UX23] in Spanish the words that people know are offered first, in the composer and in the picker', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  await ana.page.evaluate(() => localStorage.setItem('ronda.language', 'es'));
  await ana.page.reload();
  await ana.page.locator('textarea').fill('hoy :fies');
  const first = ana.page.getByRole('listbox', { name: 'Sugerencias' }).getByRole('option', { selected: true });
  await expect(first).toHaveText('🎉:fiesta:');
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.locator('textarea')).toHaveValue('hoy 🎉 ');
  await ana.page.getByRole('button', { name: 'Insertar un emoji' }).click();
  const search = ana.page.getByRole('combobox', { name: 'Buscar emoji' });
  await search.fill('coraz');
  await expect(ana.page.locator('.emoji-name')).toHaveText(':corazón:');
  await search.fill('heart');
  await expect(ana.page.locator('.emoji-name')).toHaveText(':heart:');
});
