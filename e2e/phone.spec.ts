import type { Locator } from '@playwright/test';
import { mintClientId } from '../shared/client-id.ts';
import { Finger } from './finger.ts';
import { expect, test } from './fixtures.ts';
import type { HttpClient } from './http-client.ts';
import type { Person } from './person.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('[UX31] a finger that is held on a message opens its sheet, and lifting it chooses nothing, wherever it lies', async ({
  owner,
  guest,
}) => {
  for (let line = 1; line <= 30; line += 1)
    await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: `line ${line}.` });
  const ana = await guest('Ana', phone);
  await expect(ana.messageWith('line 30.')).toBeInViewport();
  const finger = await Finger.on(ana.page);
  const sheet = ana.page.locator('.message-menu');
  // One lies above where the sheet comes, one below it.
  for (const line of ['line 17.', 'line 26.', 'line 30.']) {
    await finger.hold(ana.messageWith(line));
    await expect(sheet).toBeVisible();
    await finger.up();
    await expect(sheet).toBeVisible();
    await expect(ana.page.locator('.said-sentence')).toHaveCount(0);
    await expect(ana.page.getByRole('dialog')).toHaveCount(0);
    // And then it is used as ever.
    await sheet.getByRole('button', { name: 'Copy the link' }).tap();
    await expect(ana.page.locator('.said-sentence')).toBeVisible();
    await ana.page.locator('.said-sentence').tap();
    await expect(sheet).toHaveCount(0);
  }
});

test('[UX31] a finger that is held on a reaction tells who it was, and sets none', async ({ owner, guest }) => {
  await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: 'shall we?' });
  const ana = await guest('Ana', phone);
  const bea = await guest('Bea');
  await bea.messageWith('shall we?').hover();
  await bea.messageWith('shall we?').getByRole('button', { name: 'React with 👍' }).click();
  const chip = ana.messageWith('shall we?').getByRole('button', { name: '👍 Bea' });
  const finger = await Finger.on(ana.page);
  await finger.hold(chip);
  const said = ana.page.locator('.said-sentence');
  await expect(said).toHaveText('👍 Bea');
  await finger.up();
  await expect(said).toHaveText('👍 Bea');
  await expect(ana.page.locator('.message-menu')).toHaveCount(0);
  await expect(chip).toHaveText('👍 1');
  await chip.tap();
  await expect(ana.messageWith('shall we?').getByRole('button', { name: '👍 Bea and you' })).toHaveText('👍 2');
});

test('[UX32] on a phone the way back closes what lies over the page, one after the other, and leaves no step behind', async ({
  owner,
  guest,
}) => {
  const ana = await guest('Ana', phone);
  await bringTo(owner, ana, 'garden');
  const { page } = ana;
  const heading = page.getByRole('heading', { level: 1 });
  const drawer = page.getByRole('navigation', { name: 'Channels and settings' });
  await page.getByRole('button', { name: 'Open channels' }).tap();
  await drawer.getByRole('link', { name: 'garden' }).tap();
  await expect(heading).toHaveText('garden');
  await page.getByRole('button', { name: 'Open channels' }).tap();
  await drawer.getByRole('link', { name: 'general' }).tap();
  await expect(heading).toHaveText('general');

  await page.getByRole('button', { name: 'Open channels' }).tap();
  await drawer.getByRole('button', { name: 'Settings' }).tap();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toBeVisible();
  await page.goBack();
  await expect(settings).toHaveCount(0);
  await expect(drawer).toBeVisible();
  await page.goBack();
  await expect(drawer).toBeHidden();
  await expect(heading).toHaveText('general');

  // Closed by hand, it takes its step back with it.
  await page.getByRole('button', { name: 'Open channels' }).tap();
  await drawer.getByRole('button', { name: 'Close channels' }).tap();
  await expect(drawer).toBeHidden();
  await expect.poll(() => page.evaluate(() => history.state?.covered)).toBeFalsy();
  await page.goBack();
  await expect(heading).toHaveText('garden');
});

test('[UX32] the phone’s menu button tells what is unread elsewhere, and whether it calls one', async ({
  owner,
  guest,
}) => {
  const say = (channel: number, text: string) =>
    owner.ask('messages.send', { channel, clientId: mintClientId(), text });
  const ana = await guest('Ana', phone);
  const garden = await bringTo(owner, ana, 'garden');
  const button = ana.page.locator('main .drawer-button button');
  await expect(button).toHaveAccessibleName('Open channels');
  await expect(button.locator('xpath=..')).not.toHaveAttribute('data-unread');
  await say(1, 'here, where she reads');
  await ana.expectMessage('here, where she reads');
  await expect(button).toHaveAccessibleName('Open channels');
  await say(garden, 'the tulips are out');
  await expect(button).toHaveAccessibleName('Open channels, 1 unread message');
  await say(garden, 'come and see, @Ana');
  await expect(button).toHaveAccessibleName('Open channels, 2 unread messages, 1 for you');
});

test('[UX18] typing anywhere goes to the composer of the pane that was touched last', async ({ guest }) => {
  const ana = await guest('Ana');
  await ana.sendMessage('where do we meet?');
  await ana.messageWith('where do we meet?').hover();
  await ana.messageWith('where do we meet?').getByRole('button', { name: 'Reply in a thread' }).click();
  const pane = ana.page.getByRole('complementary', { name: 'Thread' });
  const reply = pane.getByRole('textbox', { name: 'Reply in the thread' });
  await reply.fill('at the fountain');
  await reply.press('Enter');
  await pane.getByText('at the fountain').click();
  await ana.page.keyboard.type('or ');
  await expect(reply).toHaveValue('or ');
  await pane.getByRole('heading', { name: 'Thread' }).click();
  await ana.page.keyboard.type('not');
  await expect(reply).toHaveValue('or not');
  await ana.page.locator('main').getByText('where do we meet?').click();
  await ana.page.keyboard.type('hello');
  await expect(ana.composer).toHaveValue('hello');
  await pane.getByText('at the fountain').click();
  await pane.getByRole('button', { name: 'Close the thread' }).click();
  await expect(pane).toHaveCount(0);
  await ana.page.keyboard.type('all');
  await expect(ana.composer).toHaveValue('helloall');
});

test('[UX31] what a finger is to hit is 40 px high, on the page and in the drawer', async ({ owner, guest }) => {
  const { seq } = await owner.ask<{ seq: number }>('messages.send', {
    ...{ channel: 1, clientId: mintClientId(), text: 'shall we?' },
  });
  await owner.ask('messages.react', { message: seq, emoji: '👍', on: true });
  const ana = await guest('Ana', phone);
  const { page } = ana;
  const row = ana.messageWith('shall we?');
  const composer = page.locator('.composer-box');
  for (const target of [
    row.getByRole('button', { name: '👍 Olga' }),
    row.getByRole('button', { name: 'Olga', exact: true }),
    page.getByRole('button', { name: /Jump to a date/ }),
    composer.getByRole('button', { name: 'Attach files' }),
    composer.getByRole('button', { name: 'Formatting' }),
    composer.getByRole('button', { name: 'Insert an emoji' }),
    composer.getByRole('button', { name: 'Send' }),
  ])
    expect(await reach(target), `${target}`).toBeGreaterThanOrEqual(39);
  await page.getByRole('button', { name: 'Open channels' }).tap();
  await expect(page.getByRole('button', { name: 'Close channels' })).toBeInViewport({ ratio: 1 });
  for (const target of [page.locator('.sidebar-name button'), page.locator('.connection-button')])
    expect(await reach(target), `${target}`).toBeGreaterThanOrEqual(39);
  await page.getByRole('button', { name: 'Settings' }).tap();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toBeVisible();
  for (const button of await settings.locator('.dialog-body button:visible').all())
    expect((await button.boundingBox())?.height, (await button.textContent()) ?? '').toBeGreaterThanOrEqual(39);
});

test('[UX31] on a phone the words of a message can be selected, from its sheet', async ({ owner, guest }) => {
  await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: 'the code is **tulip** today' });
  const ana = await guest('Ana', phone);
  const finger = await Finger.on(ana.page);
  await finger.hold(ana.messageWith('the code is'));
  await finger.up();
  await ana.page.locator('.message-menu').getByRole('button', { name: 'Select text' }).tap();
  const dialog = ana.page.getByRole('dialog', { name: 'Select text' });
  await dialog.getByText('tulip').dblclick();
  expect(await ana.page.evaluate(() => getSelection()?.toString())).toBe('tulip');
});

test('[UX25] within its day the date shows while one scrolls, and not while the page does', async ({
  owner,
  guest,
}) => {
  const say = (text: string) => owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text });
  for (let line = 1; line <= 40; line += 1) await say(`line ${line}.`);
  const ana = await guest('Ana', phone);
  await expect(ana.messageWith('line 40.')).toBeInViewport();
  const date = ana.page.getByRole('button', { name: /Jump to a date/ });
  await expect(date).toHaveCSS('opacity', '0');
  await ana.log.hover();
  await ana.page.mouse.wheel(0, -200);
  await expect(date).toHaveCSS('opacity', '1');
  await expect(date).toHaveCSS('opacity', '0');
  await ana.page.mouse.wheel(0, 400);
  await expect(date).toHaveCSS('opacity', '1');
  await expect(date).toHaveCSS('opacity', '0');
  await say('one more');
  await expect(ana.messageWith('one more')).toBeInViewport();
  await expect(date).toHaveCSS('opacity', '0');
  // Where the day begins, it always shows.
  await expect(async () => {
    await ana.page.mouse.wheel(0, -2_000);
    await expect(ana.messageWith('line 1.')).toBeInViewport({ timeout: 250 });
  }).toPass();
  await expect(ana.log).not.toHaveAttribute('data-scrolling');
  await expect(date).toHaveCSS('opacity', '1');
});

test('who types stands below the composer with room around', async ({ guest }) => {
  const ana = await guest('Ana', phone);
  const bea = await guest('Bea');
  await bea.composer.pressSequentially('hm');
  const line = ana.page.getByText('Bea is typing…');
  await expect(line).toBeVisible();
  const [text, box] = [await line.boundingBox(), await ana.page.locator('.composer-box').boundingBox()];
  if (!text || !box) throw new Error('Neither can be missing.');
  expect(text.y - (box.y + box.height)).toBeGreaterThanOrEqual(3);
  expect(phone.viewport.height - (text.y + text.height)).toBeGreaterThanOrEqual(3);
});

/** How high the part is, above and below the middle of something, that a finger hits it on: in px. */
async function reach(target: Locator): Promise<number> {
  await expect(target).toBeInViewport({ ratio: 1 });
  return target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hits = (y: number) => element.contains(document.elementFromPoint(left + width / 2, y));
    let [above, below] = [top + height / 2, top + height / 2];
    while (hits(above - 0.25)) above -= 0.25;
    while (hits(below + 0.25)) below += 0.25;
    return below - above;
  });
}

/** A new channel that this person is in. */
async function bringTo(owner: HttpClient, { page }: Person, name: string): Promise<number> {
  const channel = { clientId: mintClientId(), name, topic: '', private: false };
  const { id } = await owner.ask<{ id: number }>('channels.create', channel);
  const person = await page.locator('.sidebar-name button').getAttribute('data-person');
  await owner.ask('channels.addPeople', { channel: id, people: [Number(person)] });
  return id;
}
