import { expect, test } from './fixtures.ts';

test('[UX29] a dialog asked for without a connection says that it can’t be loaded, and opens once there is one', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  await ana.context.route(/settings-dialog/, (route) => route.abort());
  await ana.composer.fill('still here');
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  const notLoaded = ana.page.getByRole('dialog', { name: 'This couldn’t be loaded' });
  await notLoaded.getByRole('button', { name: 'Cancel' }).click();
  await expect(notLoaded).toHaveCount(0);
  await expect(ana.composer).toHaveValue('still here');

  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await expect(notLoaded).toBeVisible();
  await ana.context.unroute(/settings-dialog/);
  await notLoaded.getByRole('button', { name: 'Try again' }).click();
  await expect(ana.page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});
