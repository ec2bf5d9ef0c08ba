import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';

test('a reply quotes, a pin is everybody’s, what is saved is mine on every device, and a forward says whose words it has', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  await owner.ask('channels.create', { clientId: mintClientId(), name: 'plans', topic: '', private: false });
  const gil = await guest('Gil');
  await gil.sendMessage('shall we go to the sea?');
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  await olga.page.getByRole('link', { name: 'general' }).click();
  const tablet = await newcomer('Olga');
  await tablet.use(owner.cookie, cluster.url);
  await tablet.page.getByRole('link', { name: 'general' }).click();
  const row = olga.messageWith('shall we go to the sea?');
  const choose = async (name: string) => {
    await row.first().hover();
    await row.first().getByRole('button', { name: 'More' }).click();
    await olga.page.getByRole('button', { name, exact: true }).click();
  };

  await choose('Reply');
  await expect(olga.composer).toBeFocused();
  await expect(olga.page.getByText('Reply to Gil')).toBeVisible();
  await olga.sendMessage('yes, on Sunday');
  const quote = gil.messageWith('yes, on Sunday').getByRole('link', { name: 'In reply to Gil' });
  await expect(quote).toContainText('shall we go to the sea?');
  await quote.click();
  await expect(gil.page).toHaveURL(/\/c\/1\/m\/\d+$/);

  await choose('Pin to the channel');
  await expect(gil.messageWith('shall we go').first()).toContainText('Pinned');
  await gil.page.getByRole('button', { name: 'Pinned messages' }).click();
  const pins = gil.page.getByRole('dialog', { name: 'Pinned in #general' });
  await expect(pins.getByRole('listitem')).toContainText(['pinned by Olga']);
  await expect(pins.getByRole('button', { name: 'Unpin' })).toHaveCount(0);
  await gil.page.keyboard.press('Escape');

  await choose('Save for later');
  await tablet.page.getByRole('button', { name: 'Saved messages' }).click();
  const saved = tablet.page.getByRole('dialog', { name: 'Saved messages' });
  await expect(saved.getByRole('listitem')).toContainText(['shall we go to the sea?']);
  await saved.getByRole('button', { name: 'Remove from saved' }).click();
  await expect(saved.getByRole('heading', { name: 'Nothing saved yet' })).toBeVisible();
  await expect(row.first()).not.toContainText('Saved');

  await choose('Forward');
  await olga.page.getByRole('textbox', { name: 'To which channel or person' }).fill('plan');
  const send = olga.page.getByRole('dialog').getByRole('button', { name: 'Send' });
  await expect(send).toBeDisabled();
  await olga.page.getByRole('checkbox', { name: '#plans' }).check();
  await olga.page.getByRole('textbox', { name: 'Something to say with it' }).fill('who is in?');
  await send.click();
  await expect(olga.page.getByRole('dialog')).toHaveCount(0);
  await olga.page.getByRole('link', { name: 'plans' }).click();
  await expect(olga.messageWith('shall we go to the sea?')).toContainText('Gil wrote this on');
  await olga.expectMessage('who is in?');
});
