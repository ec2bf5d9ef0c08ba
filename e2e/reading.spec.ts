import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { call } from './http-client.ts';
import type { Person } from './person.ts';

const badge = (person: Person, channel: string) =>
  person.page.getByRole('link', { name: new RegExp(`^${channel}`) }).locator('.channel-badge');

test('[M.2] [M.3] [N.7] a mention in a thread counts for its channel and the tab, on all devices, until the thread is read or the mention goes', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const ana = await guest('Ana');
  const other = await newcomer('Ana elsewhere', { locale: 'es-ES' });
  const cookie = await ana.cookie();
  await other.use(cookie, cluster.url);
  const { id: news } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name: 'news' });
  await call(cluster.url, 'channels.join', { channel: news }, { cookie });
  const post = (text: string, thread?: number) =>
    owner.ask<{ seq: number }>('messages.send', { channel: news, thread, clientId: mintClientId(), text });
  const { seq: root } = await post('who brings what?');
  await expect(badge(ana, 'news')).toHaveText('1');
  await ana.page.getByRole('link', { name: /^news/ }).click();
  await expect(badge(other, 'news')).toHaveCount(0);
  await ana.page.getByRole('link', { name: /^general/ }).click();

  const { seq: first } = await post('@Ana brings water', root);
  const { seq: second } = await post('and cups, @Ana', root);
  await post('Olga brings bread', root);
  for (const device of [ana, other]) {
    await expect(badge(device, 'news')).toHaveText('@2');
    await expect(device.page).toHaveTitle(/^\(@2\)/);
  }
  await expect(ana.page.getByRole('button', { name: 'Mentions, 2 unread mentions' })).toBeVisible();
  await owner.ask('messages.edit', { message: second, text: 'and cups' });
  for (const device of [ana, other]) await expect(badge(device, 'news')).toHaveText('@1');

  // To be in the channel isn't to have read its threads; from there one is led to them.
  await ana.page.getByRole('link', { name: /^news/ }).click();
  await expect(badge(ana, 'news')).toHaveText('@1');
  await expect(ana.page).toHaveTitle(/^\(@1\)/);
  await other.page.getByRole('link', { name: /^news/ }).click();
  await expect(other.page.getByRole('button', { name: '1 mención en un hilo' })).toBeVisible();
  const pill = ana.page.getByRole('button', { name: '1 mention in a thread' });
  await pill.click();
  const pane = ana.page.getByRole('complementary', { name: 'Thread' });
  await expect(pane.getByText('@Ana brings water')).toBeVisible();
  for (const device of [ana, other]) {
    await expect(badge(device, 'news')).toHaveCount(0);
    await expect(device.page).toHaveTitle(/^#news/);
  }
  await expect(pill).toHaveCount(0);
  await expect(other.page.getByRole('button', { name: 'mención en un hilo' })).toHaveCount(0);

  // It is so too for who comes only now, and a deletion takes it back.
  await ana.page.getByRole('link', { name: /^general/ }).click();
  await expect(pane).toHaveCount(0);
  const { seq: third } = await post('@Ana, and ice?', root);
  await expect(badge(ana, 'news')).toHaveText('@1');
  await ana.page.reload();
  await expect(badge(ana, 'news')).toHaveText('@1');
  await owner.ask('messages.delete', { message: first });
  await owner.ask('messages.delete', { message: third });
  await expect(badge(ana, 'news')).toHaveCount(0);
});

test('[M.1] [M.3] [M.6] [M.7] [UX26] two devices of one member stay in step: mentions, the unread line, and what is put back', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const ana = await guest('Ana Luz');
  const cookie = await ana.cookie();
  const other = await newcomer('Ana elsewhere');
  await other.use(cookie, cluster.url);
  await other.expectInside();
  const { id: news } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name: 'news' });
  await call(cluster.url, 'channels.join', { channel: news }, { cookie });
  const post = (text: string) =>
    owner.ask<{ seq: number }>('messages.send', { channel: news, clientId: mintClientId(), text });
  const { seq: morning } = await post('good morning');
  await expect(badge(ana, 'news')).toHaveText('1');
  await post('@ana luz, look at `@Ana Luz`');
  for (const device of [ana, other]) {
    await expect(badge(device, 'news')).toHaveText('@2');
    await expect(device.page).toHaveTitle(/^\(@1\)/);
  }
  await ana.page.getByRole('button', { name: 'Mentions, 1 unread mention' }).click();
  await expect(ana.page.getByRole('dialog').getByRole('listitem')).toContainText('@ana luz, look at');
  await ana.page.keyboard.press('Escape');

  await ana.page.getByRole('link', { name: /^news/ }).click();
  await expect(ana.messageWith('look at').locator('.mention')).toHaveText('@Ana Luz');
  await expect(ana.messageWith('look at').locator('.mention')).toHaveAttribute('data-of-me', 'true');
  const line = ana.log.locator('[data-unread-line]');
  const lineIsBefore = (text: string) =>
    expect(line.locator('xpath=following::*[@data-client-id][1]')).toContainText(text);
  await lineIsBefore('good morning');
  await expect(badge(other, 'news')).toHaveCount(0);
  await expect(other.page).not.toHaveTitle(/^\(/);
  await ana.sendMessage('I see');
  await ana.expectMessage('I see');
  await lineIsBefore('good morning');

  await ana.messageWith('look at').hover();
  await ana.messageWith('look at').getByRole('button', { name: 'More' }).click();
  await ana.page.getByRole('button', { name: 'Mark unread from here' }).click();
  await lineIsBefore('look at');
  await expect(badge(other, 'news')).toHaveText('@2');
  await ana.page.getByRole('link', { name: /^general/ }).click();
  await expect(badge(ana, 'news')).toHaveText('@2');
  await ana.page.getByRole('button', { name: /^Mentions/ }).click();
  await ana.page.getByRole('dialog').getByRole('link').click();
  await expect(ana.messageWith('look at')).toHaveAttribute('data-target', 'true');
  await ana.page.getByRole('link', { name: /^general/ }).click();

  const inThread = { channel: news, thread: morning, clientId: mintClientId(), text: '@ana luz, in the thread' };
  await owner.ask('messages.send', inThread);
  for (const device of [ana, other]) await expect(badge(device, 'news')).toHaveText('@1');
  await other.page.keyboard.press('Shift+Escape');
  for (const device of [ana, other]) await expect(badge(device, 'news')).toHaveCount(0);
  await ana.page.getByRole('link', { name: /^news/ }).click();
  await expect(ana.messageWith('I see')).toBeVisible();
  await expect(line).toHaveCount(0);
});

test('[M.5] [UX27] read is marked only when focused, visible and at the bottom', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const ana = await guest('Ana');
  const cookie = await ana.cookie();
  const { id: news } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name: 'news' });
  await call(cluster.url, 'channels.join', { channel: news }, { cookie });
  const general = Number(
    (await ana.page.getByRole('link', { name: /^general/ }).getAttribute('href'))?.split('/').at(-1),
  );
  const other = await newcomer('Ana elsewhere');
  await other.use(cookie, cluster.url);
  await other.expectInside();
  await other.page.getByRole('link', { name: /^news/ }).click();
  const post = (text: string) => owner.ask('messages.send', { channel: general, clientId: mintClientId(), text });
  const look = (focused: boolean, visibility: 'visible' | 'hidden') =>
    ana.page.evaluate(
      ([hasFocus, state]) => {
        document.hasFocus = () => hasFocus;
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      },
      [focused, visibility] as const,
    );

  await look(false, 'visible');
  await post('one');
  await ana.expectMessage('one');
  await expect(badge(other, 'general')).toHaveText('1');
  await look(true, 'hidden');
  await post('two');
  await ana.expectMessage('two');
  await expect(badge(other, 'general')).toHaveText('2');
  await look(true, 'visible');
  await expect(badge(other, 'general')).toHaveCount(0);

  await post('tall\n'.repeat(80).trim());
  await expect(badge(other, 'general')).toHaveCount(0);
  await ana.log.evaluate((log) => log.scrollTo(0, 0));
  await expect(ana.page.getByRole('button', { name: 'Go to the newest message' })).toBeVisible();
  await post('three');
  await expect(ana.page.getByRole('button', { name: '1 new message' })).toBeVisible();
  await expect(badge(other, 'general')).toHaveText('1');
  await ana.page.keyboard.press('Escape');
  await expect(badge(other, 'general')).toHaveCount(0);
});

test('[M.4] calling more than 20 people at once is asked about first; whoever thinks better keeps the text', async ({
  cluster,
  invite,
  guest,
}) => {
  const ana = await guest('Ana');
  const code = await invite({ maximumUses: 30 });
  const join = (index: number) => call(cluster.url, 'identity.join', { code, name: `Person ${index}` });
  await ana.sendMessage('hi @here');
  await ana.expectMessage('hi @here');
  for (let index = 0; index < 20; index += 1) await join(index);
  await ana.sendMessage('fire drill, @channel!');
  const dialog = ana.page.getByRole('dialog', { name: 'Notify everyone in #general?' });
  await expect(dialog).toContainText('up to 22 people');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(ana.composer).toHaveValue('fire drill, @channel!');
  await expect(ana.messageWith('fire drill')).toHaveCount(0);
  await ana.composer.press('Enter');
  await dialog.getByRole('button', { name: 'Send' }).click();
  await ana.expectMessage('fire drill');
  await expect(ana.composer).toHaveValue('');
});
