import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';

test('[G6.3] a channel is created, found, joined and left; who left gets nothing of it', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  await olga.expectInside();
  await olga.page.getByRole('button', { name: 'New channel' }).click();
  await olga.page.getByRole('textbox', { name: 'Name' }).fill('weekend plans');
  await olga.page.getByRole('button', { name: 'Create channel' }).click();
  await expect(olga.page.getByRole('heading', { level: 1, name: 'weekend plans' })).toBeVisible();
  await olga.sendMessage('Who is in?');

  const gil = await guest('Gil');
  await gil.page.getByRole('button', { name: 'Browse channels' }).click();
  await gil.page.getByRole('button', { name: 'Join weekend plans' }).click();
  await expect(gil.page.getByRole('heading', { level: 1, name: 'weekend plans' })).toBeVisible();
  await gil.expectMessage('Who is in?');
  await gil.sendMessage('I am');
  await olga.expectMessage('I am');

  await gil.page.getByRole('button', { name: 'Options of #weekend plans' }).click();
  await gil.page.getByRole('button', { name: 'Leave the channel' }).click();
  await gil.page.getByRole('dialog').getByRole('button', { name: 'Leave', exact: true }).click();
  await expect(gil.page.getByRole('link', { name: 'weekend plans' })).toHaveCount(0);
  await olga.sendMessage('Only us now');
  await olga.expectMessage('Only us now');
  await gil.page.getByRole('link', { name: 'general' }).click();
  await gil.sendMessage('still in general');
  await gil.expectMessage('still in general');
  await expect(gil.page.getByText('Only us now')).toHaveCount(0);
});

test('history goes on as one scrolls up, back to the first message', async ({ owner, guest }) => {
  for (let number = 1; number <= 180; number += 1)
    await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: `line ${number}.` });
  const gil = await guest('Gil');
  await expect(gil.messageWith('line 180.')).toBeInViewport();
  await expect(gil.messageWith('line 1.')).toHaveCount(0);
  await gil.log.hover();
  await expect(async () => {
    await gil.page.mouse.wheel(0, -2_000);
    await expect(gil.messageWith('line 1.')).toBeInViewport({ timeout: 250 });
  }).toPass({ timeout: 20_000 });
});
