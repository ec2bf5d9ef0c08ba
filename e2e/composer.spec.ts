import { AxeBuilder } from '@axe-core/playwright';
import { devices } from '@playwright/test';
import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { createHttpClient } from './http-client.ts';

test('[T.5] [UX16] [UX18] [UX22] [UX23] people, channels and emoji complete while one types, and Enter then sends', async ({
  owner,
  guest,
}) => {
  await owner.ask('channels.create', { clientId: mintClientId(), name: 'garden plans', topic: '', private: false });
  const alvaro = await guest('Álvaro Núñez');
  const ana = await guest('Ana');
  const suggestions = ana.page.getByRole('listbox', { name: 'Suggestions' });
  const first = suggestions.getByRole('option', { selected: true });

  await ana.page.getByRole('log').focus();
  await ana.page.keyboard.type('ask @alv');
  await expect(first).toContainText('Álvaro Núñez');
  await ana.page.keyboard.press('Enter');
  await expect(ana.composer).toHaveValue('ask @Álvaro Núñez ');
  await ana.page.keyboard.type('in #gen');
  await expect(first).toContainText('general');
  await ana.page.keyboard.press('Tab');
  await ana.page.keyboard.type(':corazon_roj');
  await expect(first).toContainText('❤️');
  await ana.page.keyboard.press('ArrowDown');
  await ana.page.keyboard.press('ArrowUp');
  await ana.page.keyboard.press('Escape');
  await expect(suggestions).toBeHidden();
  await ana.page.keyboard.type('o:');
  await expect(ana.composer).toHaveValue('ask @Álvaro Núñez in #general ❤️');
  // The browser's own undo brings the letters back, and leaves them.
  await ana.page.keyboard.press('Control+z');
  await expect(ana.composer).toHaveValue('ask @Álvaro Núñez in #general :corazon_rojo:');
  await ana.page.keyboard.press('End');
  await ana.page.keyboard.press('Shift+Enter');
  await ana.page.keyboard.type('and :tada:');
  await ana.page.keyboard.press('Enter');
  await expect(alvaro.messageWith('and 🎉')).toContainText('ask @Álvaro Núñez in #general ❤️');
  await expect(alvaro.messageWith('and 🎉').getByRole('link', { name: '#general' })).toHaveAttribute(
    'href',
    '/channels/1',
  );
  await expect(ana.composer).toHaveValue('');

  // Enter that ends a composition is the input method's.
  await ana.composer.fill('にほん');
  await ana.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true, keyCode: 229 });
  await expect(ana.composer).toHaveValue('にほん');
});

test('[T.5] formatting by key, bar and paste can be undone; a paste of 1 MB is refused by name', async ({ guest }) => {
  const ana = await guest('Ana');
  await ana.composer.fill('one two');
  await ana.composer.press('ControlOrMeta+a');
  await ana.composer.press('ControlOrMeta+b');
  await expect(ana.composer).toHaveValue('**one two**');
  await ana.composer.press('ControlOrMeta+b');
  await ana.composer.press('ControlOrMeta+Shift+x');
  await expect(ana.composer).toHaveValue('~~one two~~');
  await ana.composer.press('ControlOrMeta+z');
  await expect(ana.composer).toHaveValue('one two');

  await ana.page.getByRole('button', { name: 'Formatting' }).click();
  await ana.composer.press('ControlOrMeta+a');
  await ana.page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name: 'Quote' }).click();
  await expect(ana.composer).toHaveValue('> one two');

  const paste = (text: string) =>
    ana.composer.evaluate((area, pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await ana.composer.evaluate((area) => (area as HTMLTextAreaElement).setSelectionRange(6, 9));
  await paste('https://example.org/');
  await expect(ana.composer).toHaveValue('> one [two](https://example.org/)');
  await ana.composer.press('ControlOrMeta+z');
  await expect(ana.composer).toHaveValue('> one two');

  await paste('x'.repeat(1_048_576));
  await expect(ana.page.getByRole('alert').filter({ hasText: 'too long' })).toContainText('4,000');
  await expect(ana.composer).toHaveValue('> one two');
  await ana.composer.press('Enter');
  await ana.expectMessage('one two');
});

test('[A.1] [A.2] ? lists the shortcuts, in both languages', async ({ guest }) => {
  const ana = await guest('Ana');
  await ana.page.evaluate(() => localStorage.setItem('ronda.language', 'es'));
  await ana.page.reload();
  await ana.replica();
  await ana.page.locator('[role="log"]').focus();
  await ana.page.keyboard.press('?');
  const sheet = ana.page.getByRole('dialog', { name: 'Atajos de teclado' });
  await expect(sheet.getByText('Saltar de línea')).toBeVisible();
  const { violations } = await new AxeBuilder({ page: ana.page }).include('dialog').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await ana.page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  const composer = ana.page.locator('textarea');
  await composer.press('?');
  await expect(composer).toHaveValue('?');
  await composer.press('Control+/');
  await expect(sheet).toBeVisible();
});

test('[UX16] on touch Enter breaks the line and the button sends', async ({ guest }) => {
  const { viewport, userAgent, isMobile, hasTouch } = devices['Pixel 7'];
  const ana = await guest('Ana', { viewport, userAgent, isMobile, hasTouch });
  await ana.composer.fill('first');
  await ana.composer.press('Enter');
  await ana.page.keyboard.type('second');
  await expect(ana.composer).toHaveValue('first\nsecond');
  await ana.page.getByRole('button', { name: 'Send' }).tap();
  await ana.expectMessage('second');
});

test('[UX22] [M.1] who isn’t in the channel is marked among the suggestions, and the author learns whom a mention didn’t reach', async ({
  owner,
  cluster,
  invite,
  guest,
  newcomer,
}) => {
  const bea = await guest('Bea');
  const input = { code: await invite({ guests: false }), name: 'Ana', password: 'the password of ana' };
  const { cookie } = await createHttpClient(cluster.url, 'identity.join', input);
  const ana = await newcomer('Ana');
  await ana.use(cookie, cluster.url);
  await ana.expectInside();
  const plans = { clientId: mintClientId(), name: 'plans', topic: '', private: false };
  await owner.ask('channels.create', plans);
  await ana.page.goto('/channels/2');
  await ana.page.getByRole('button', { name: 'Join plans' }).click();
  await ana.expectInside();

  const options = ana.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  await ana.composer.pressSequentially('ask @');
  await expect(options).toHaveText([
    /Olga$/,
    '@channelEveryone in the channel',
    '@hereEveryone who is online',
    /BeaNot in this channel$/,
  ]);
  await ana.composer.pressSequentially('be');
  await expect(options).toHaveText([/BeaNot in this channel$/]);
  await ana.composer.press('Enter');
  await ana.composer.press('Enter');
  await ana.expectMessage('ask @Bea');
  const line = ana.page.getByText('Bea isn’t in this channel and won’t be told.');
  await expect(line).toBeVisible();
  await ana.page.getByRole('button', { name: 'Add Bea to this channel' }).click();
  await expect(line).toBeHidden();
  await ana.sendMessage('now you are, @Bea');
  await bea.page.getByRole('link', { name: /^plans, .*1 unread mention/ }).click();
  await bea.expectMessage('now you are');
  await expect(ana.page.locator('[data-message-id]').filter({ hasText: 'now you' })).toHaveCount(1);
  await expect(line).toBeHidden();

  // A guest may not add anyone, and is told all the same.
  await owner.ask('channels.create', { clientId: mintClientId(), name: 'board', topic: '', private: false });
  await bea.page.goto('/channels/3');
  await bea.page.getByRole('button', { name: 'Join board' }).click();
  await bea.sendMessage('and @Ana?');
  await expect(bea.page.getByText('Ana isn’t in this channel and won’t be told.')).toBeVisible();
  await expect(bea.page.getByRole('button', { name: 'Add Ana to this channel' })).toHaveCount(0);
  await bea.page.locator('.untold').getByRole('button', { name: 'Close' }).click();
  await expect(bea.page.locator('.untold')).toHaveCount(0);
});

test('[UX21] a channel in which one has begun to write says so in the sidebar, until it is sent', async ({
  owner,
  guest,
}) => {
  await owner.ask('channels.create', { clientId: mintClientId(), name: 'plans', topic: '', private: false });
  const ana = await guest('Ana');
  await ana.composer.fill('not yet');
  await ana.page.goto('/channels/2');
  await ana.page.getByRole('button', { name: 'Join plans' }).click();
  await ana.expectInside();
  const general = ana.page.getByRole('navigation').getByRole('link', { name: 'general, draft' });
  await expect(general.locator('[data-icon="edit"]')).toBeVisible();
  await general.click();
  await expect(ana.composer).toHaveValue('not yet');
  // What is open is seen in its composer.
  await expect(general).toHaveCount(0);
  await ana.composer.press('Enter');
  await ana.expectMessage('not yet');
  await ana.page.getByRole('navigation').getByRole('link', { name: 'plans' }).click();
  await expect(ana.page.getByRole('navigation').getByRole('link', { name: 'general', exact: true })).toBeVisible();
});
