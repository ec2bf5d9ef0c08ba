import { expect, test } from './fixtures.ts';

test('[UX11] [UX12] a message shows at once and is replaced in place; "Sending…" is seen only where it takes long', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  await ana.sendMessage('quick');
  await ana.expectMessage('quick');
  // The same element, from unsent to sent, and what it says of sending never became visible.
  await ana.page.evaluate(() => {
    const seen: { state: string | undefined; row: Element }[] = [];
    Object.assign(window, { seen });
    new MutationObserver(() => {
      for (const row of document.querySelectorAll<HTMLElement>('[data-client-id]'))
        if (row.textContent?.includes('in place') && seen.at(-1)?.state !== row.dataset.state)
          seen.push({ state: row.dataset.state, row });
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-state'] });
  });
  await ana.sendMessage('in place');
  await ana.expectMessage('in place');
  type Seen = { seen: { state: string; row: Element }[] };
  const states = await ana.page.evaluate(() => (window as unknown as Seen).seen.map(({ state }) => state));
  expect(states).toEqual(['sending', 'sent']);
  expect(await ana.page.evaluate(() => new Set((window as unknown as Seen).seen.map(({ row }) => row)).size)).toBe(1);

  for (const name of ['chat-1', 'chat-2', 'chat-3']) await cluster.takeDown(name);
  await ana.sendMessage('slow');
  const slow = ana.messageWith('slow');
  await expect(slow).toBeVisible();
  const note = slow.locator('.message-sending');
  const delay = await note.evaluate((element) => getComputedStyle(element).animationDelay);
  expect(delay).toBe('0.3s');
  await expect(note).toBeVisible();
  await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((name) => cluster.bringBack(name)));
  await ana.expectMessage('slow');
  await expect(note).toHaveCount(0);
});

test('[UX13] [UX14] each channel’s messages leave in their order; one that was refused holds those after it and can be deleted; nothing leaves as the next person', async ({
  cluster,
  guest,
  invite,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  cluster.onDatabase('CREATE TABLE kept AS SELECT * FROM memberships');
  cluster.onDatabase('DELETE FROM memberships');
  await ana.sendMessage('refused-1');
  await expect(ana.messageWith('refused-1')).toContainText('Not sent.');
  await ana.sendMessage('held-2');
  await ana.sendMessage('held-3');
  await expect(ana.messageWith('held-3')).toContainText('Waiting for the message above');
  cluster.onDatabase('INSERT OR IGNORE INTO memberships SELECT * FROM kept');
  await ana.messageWith('refused-1').getByRole('button', { name: 'Delete' }).click();
  await bea.expectWritten(/\w+-\d/, ['held-2', 'held-3']);

  // What Ana leaves behind unsent isn't sent by whoever signs in after her.
  for (const name of ['chat-1', 'chat-2', 'chat-3']) await cluster.takeDown(name);
  await ana.sendMessage('left-4');
  await expect(ana.messageWith('left-4')).toHaveAttribute('data-state', 'sending');
  await ana.page.goto('about:blank');
  await ana.context.clearCookies();
  await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((name) => cluster.bringBack(name)));
  const code = await invite();
  await ana.page.goto(`/join/${code}`);
  await ana.page.getByRole('radio', { name: 'As a guest' }).check();
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill('Cai');
  await ana.page.getByRole('button', { name: 'Join', exact: true }).click();
  await ana.expectInside();
  await ana.sendMessage('own-5');
  await bea.expectWritten(/\w+-\d/, ['held-2', 'held-3', 'own-5']);
});
