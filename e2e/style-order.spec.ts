import { mintClientId } from '../shared/client-id.ts';
import { expectOrderFree } from './expect-order-free.ts';
import { expect, test } from './fixtures.ts';

test('[A.1] whatever was opened before, what is on the screen looks the same', async ({ owner, guest }) => {
  const ana = await guest('Ana');
  const post = { channel: 1, clientId: mintClientId(), text: 'a message to come back to' };
  const { seq } = await owner.ask<{ seq: number }>('messages.send', post);
  await ana.page.goto(`/c/1/m/${seq}`);
  const message = ana.messageWith('a message to come back to');
  await expect(message).toHaveAttribute('data-target', 'true');
  await expectOrderFree(ana.page);
  await message.hover();
  await expect(message.getByRole('toolbar')).toBeVisible();
  await expectOrderFree(ana.page);
  await ana.page.getByRole('button', { name: 'Formatting' }).click();
  await expect(ana.page.getByRole('toolbar', { name: 'Formatting' })).toBeVisible();
  await expectOrderFree(ana.page);
});
