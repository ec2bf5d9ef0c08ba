import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';

test('[UX17] [G6.8] a message is edited by ↑, its history shows, and it is deleted for everybody', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.sendMessage('lunch at twelf');
  await ana.expectMessage('lunch at twelf');
  await ana.composer.press('ArrowUp');
  const editor = ana.page.getByRole('textbox', { name: 'Edit your message' });
  await expect(editor).toBeFocused();
  await editor.press('Escape');
  await expect(ana.composer).toBeFocused();
  await ana.composer.press('ArrowUp');
  await editor.fill('lunch at twelve');
  await editor.press('Enter');
  await expect(bea.messageWith('lunch at twelve')).toBeVisible();
  await expect(ana.composer).toBeFocused();

  await bea.messageWith('lunch').getByRole('button', { name: 'edited' }).click();
  const history = bea.page.getByRole('dialog', { name: 'What it said before' });
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await expect(history.getByRole('listitem').last()).toContainText('lunch at twelf');
  await bea.page.keyboard.press('Escape');

  await ana.messageWith('lunch').hover();
  const more = ana.messageWith('lunch').getByRole('button', { name: 'More' });
  await more.click();
  const menu = await ana.page.locator('.message-menu').boundingBox();
  const button = await more.boundingBox();
  expect(Math.abs((menu?.x ?? 0) + (menu?.width ?? 0) - (button?.x ?? 0) - (button?.width ?? 0))).toBeLessThan(8);
  await ana.page.getByRole('button', { name: 'Delete' }).click();
  await ana.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(bea.messageWith('lunch')).toHaveCount(0);
  await expect(ana.messageWith('lunch')).toHaveCount(0);
  await bea.page.reload();
  await bea.expectInside();
  await expect(bea.page.getByText('lunch')).toHaveCount(0);
});

test('[UX17] a long last message opens for editing with its buttons in view', async ({ guest }) => {
  const ana = await guest('Ana', { viewport: { width: 390, height: 600 } });
  const long = Array.from({ length: 30 }, (_, line) => `line ${line}`).join('\n');
  await ana.sendMessage(long);
  await ana.expectMessage('line 29');
  await ana.composer.press('ArrowUp');
  await expect(ana.page.getByRole('textbox', { name: 'Edit your message' })).toBeFocused();
  await expect(ana.page.getByRole('button', { name: 'Save', exact: true })).toBeInViewport({ ratio: 0.95 }); // scrolling ends at whole pixels
});

test('reactions are set and taken back from the toolbar, the chip and the keyboard, and tell who it was', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.sendMessage('shall we?');
  await bea.messageWith('shall we?').hover();
  await bea.messageWith('shall we?').getByRole('button', { name: 'React with 👍' }).click();
  const chip = ana.messageWith('shall we?').getByRole('button', { name: '👍 Bea' });
  await expect(chip).toHaveText('👍 1');
  await chip.click();
  await expect(bea.messageWith('shall we?').getByRole('button', { name: '👍 you and Ana' })).toHaveText('👍 2');

  // By keyboard alone: from the conversation to its last message, its menu, and an emoji in it.
  await ana.log.focus();
  await ana.page.keyboard.press('ArrowUp');
  await expect(ana.messageWith('shall we?')).toBeFocused();
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.locator('.message-menu button:focus')).toBeVisible();
  await ana.page.keyboard.press('ArrowRight');
  await ana.page.keyboard.press('Enter');
  await expect(bea.messageWith('shall we?').getByRole('button', { name: '❤️ Ana' })).toBeVisible();
  await ana.messageWith('shall we?').getByRole('button', { name: /^👍/ }).click();
  await expect(bea.messageWith('shall we?').getByRole('button', { name: '👍 you' })).toHaveText('👍 1');
});

test('the owner deletes what a guest wrote; on a phone a long press opens the sheet', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const gil = await guest('Gil');
  await gil.sendMessage('buy my pills');
  const olga = await newcomer('Olga', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await olga.use(owner.cookie, cluster.url);
  await olga.expectMessage('buy my pills');
  const row = olga.messageWith('buy my pills');
  await row.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 100, clientY: 100, bubbles: true });
  await expect(olga.page.getByRole('button', { name: 'Copy the link' })).toBeVisible();
  await expect(olga.page.getByRole('button', { name: 'Edit', exact: true })).toHaveCount(0);
  await olga.page.getByRole('button', { name: 'Delete' }).click();
  await olga.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(gil.messageWith('pills')).toHaveCount(0);
  await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: 'the next one' });
  await gil.expectMessage('the next one');
});
