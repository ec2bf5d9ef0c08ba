import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';

test('[UX26] [UX30] a thread: replies beside the channel, one sent there too, followed, unread, and found in the list', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.sendMessage('where do we meet?');
  await bea.messageWith('where do we meet?').hover();
  await bea.messageWith('where do we meet?').getByRole('button', { name: 'Reply in a thread' }).click();
  const pane = bea.page.getByRole('complementary', { name: 'Thread' });
  await expect(pane.getByText('where do we meet?')).toBeVisible();
  const reply = pane.getByRole('textbox', { name: 'Reply in the thread' });
  await expect(reply).toBeFocused();
  await reply.fill('at the fountain');
  await reply.press('Enter');
  await expect(pane.getByText('at the fountain')).toBeVisible();
  const bar = ana.messageWith('where do we meet?').getByRole('button', { name: '1 reply' });
  await expect(bar).toBeVisible();
  await expect(ana.messageWith('at the fountain')).toHaveCount(0);

  // Ana wrote what is replied to, so the thread is among hers, with something new.
  const link = ana.page.getByRole('link', { name: 'Threads' });
  await expect(link).toContainText('1 thread with new replies');
  await link.click();
  await ana.page.getByRole('link', { name: /where do we meet\?/ }).click();
  const hers = ana.page.getByRole('complementary', { name: 'Thread' });
  await expect(hers.getByText('at the fountain')).toBeVisible();
  await expect(link).not.toContainText('new replies');
  await hers.getByRole('button', { name: 'Close the thread' }).click();

  // What came meanwhile begins below a line, which stays; what comes while it is open is read out.
  await reply.fill('or at the café?');
  await reply.press('Enter');
  await expect(link).toContainText('1 thread with new replies');
  await link.click();
  await ana.page.getByRole('link', { name: /where do we meet\?/ }).click();
  await expect(hers.locator('[data-unread-line] + [data-row]')).toContainText('or at the café?');
  await expect(link).not.toContainText('new replies');
  await expect(hers.getByText('New messages from here')).toHaveCount(1);
  await reply.fill('it rains');
  await reply.press('Enter');
  await expect(hers.locator('[aria-live="polite"]')).toHaveText('Bea: it rains');

  await pane.getByRole('checkbox', { name: 'Also send to #general' }).check();
  await reply.fill('at noon, all of you');
  await reply.press('Enter');
  await expect(hers.getByText('at noon, all of you')).toBeVisible();
  await expect(ana.page.locator('main [data-row]').filter({ hasText: 'at noon, all of you' })).toBeVisible();
  await expect(ana.page.locator('main').getByRole('button', { name: 'replied in a thread' })).toBeVisible();

  // What is replied to may be deleted: the replies stay.
  await ana.page.locator('main [data-message-id]').first().focus();
  await ana.page.keyboard.press('Enter');
  await ana.page.getByRole('button', { name: 'Delete' }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(bea.page.locator('main').getByText('This message was deleted.')).toBeVisible();
  await expect(pane.getByText('at the fountain')).toBeVisible();
  await reply.press('Escape');
  await expect(pane).toHaveCount(0);
});

test('[V.2] [UX8] [UX13] [UX21] a long thread on a phone: its newest replies first, the rest on scrolling, and never all at once; a reply written offline is sent once', async ({
  owner,
  guest,
}) => {
  const { seq: thread } = await owner.ask<{ seq: number }>('messages.send', {
    ...{ channel: 1, clientId: mintClientId(), text: 'what shall we call it?' },
  });
  for (let number = 1; number <= 400; number += 1)
    await owner.ask('messages.send', { channel: 1, thread, clientId: mintClientId(), text: `name ${number}.` });
  const gil = await guest('Gil', { viewport: { width: 390, height: 844 } });
  await gil.messageWith('what shall we call it?').getByRole('button', { name: '400 replies' }).click();
  const pane = gil.page.getByRole('complementary', { name: 'Thread' });
  await expect(pane.getByText('name 400.')).toBeInViewport();
  await expect(pane.getByText('name 1.', { exact: true })).toHaveCount(0);
  await expect(gil.page.locator('main')).toBeHidden();
  expect((await pane.boundingBox())?.height, 'it fills the screen').toBe(844);
  await pane.getByRole('log').hover();
  await expect(async () => {
    await gil.page.mouse.wheel(0, -2_000);
    await expect(pane.getByText('name 1.', { exact: true })).toBeInViewport({ timeout: 250 });
  }).toPass({ timeout: 20_000 });
  expect(await pane.locator('[data-row]').count()).toBeLessThanOrEqual(320);
  await owner.ask('messages.send', { channel: 1, thread, clientId: mintClientId(), text: 'one more' });
  await expect(pane.getByText('name 1.', { exact: true })).toBeInViewport();
  await pane.getByRole('button', { name: '1 new message' }).click();
  await expect(pane.getByRole('log').getByText('one more')).toBeInViewport();

  await gil.context.setOffline(true);
  const reply = pane.getByRole('textbox', { name: 'Reply in the thread' });
  await reply.fill('kept for later');
  await reply.press('Enter');
  await expect(pane.getByText('kept for later')).toBeVisible();
  await reply.fill('a draft of the thread');
  await gil.context.setOffline(false);
  await expect(pane.locator('[data-state="sent"]').filter({ hasText: 'kept for later' })).toHaveCount(1);
  await gil.page.reload();
  await expect(reply).toHaveValue('a draft of the thread');
  await gil.page.goBack();
  await expect(gil.composer).toHaveValue('');
});
