import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { closeCode, openStream } from './socket-client.ts';

test('[G6.9] who is removed is out on every replica at once and their device forgets; what they wrote goes where that is wanted', async ({
  cluster,
  owner,
  guest,
  invite,
  newcomer,
}) => {
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  const [ana, spammer, code] = [await guest('Ana'), await newcomer('Spammer'), await invite()];
  await spammer.joinAsGuest(code);
  await spammer.expectInside();
  const cookie = await spammer.cookie();
  const sockets = await Promise.all([1, 2, 3].map(() => openStream(cluster.url, cookie)));
  expect(new Set(sockets.map(({ replica }) => replica)).size).toBe(3);
  const received: string[] = [];
  for (const { socket } of sockets) socket.on('message', (data) => received.push(String(data)));
  const closed = sockets.map(({ socket }) => closeCode(socket));
  for (const text of ['buy this', 'and this']) {
    await spammer.sendMessage(text);
    await ana.expectMessage(text);
  }
  await spammer.composer.fill('not sent yet');
  await expect.poll(() => spammer.page.evaluate(() => Object.values(localStorage).includes('not sent yet'))).toBe(true);

  await olga.page.getByRole('button', { name: 'Everyone here' }).click();
  await olga.page.getByRole('searchbox', { name: 'Find people' }).fill('spam');
  await olga.page.getByRole('button', { name: 'Options of Spammer' }).click();
  await olga.page.getByRole('button', { name: 'Remove from the workspace' }).click();
  await expect(olga.page.getByText('The invite link they came by or made ends too')).toBeVisible();
  await olga.page.getByRole('checkbox', { name: 'Delete all their messages too' }).check();
  await olga.page.getByRole('button', { name: 'Remove', exact: true }).click();

  await expect(spammer.page.getByText('You were removed from this workspace')).toBeVisible();
  expect(await Promise.all(closed)).toEqual([4001, 4001, 4001]);
  await expect
    .poll(() => spammer.page.evaluate(() => JSON.stringify(localStorage).includes('not sent yet')))
    .toBe(false);
  received.length = 0;
  await ana.sendMessage('gone at last');
  await olga.page.getByRole('button', { name: 'Close', exact: true }).click();
  await olga.expectMessage('gone at last');
  expect(received).toEqual([]);
  for (const page of [ana.page, olga.page]) {
    await expect(page.getByText('buy this')).toHaveCount(0);
    await expect(page.getByText('and this')).toHaveCount(0);
  }
  const anaId = 2; // the first to come in after the owner
  await owner.ask('members.remove', { member: anaId, purge: false });
  await expect(olga.messageWith('gone at last').getByText('former member')).toBeVisible();
  const again = await newcomer('Spammer');
  await again.use(cookie, cluster.url);
  await expect(again.page.getByText('You were removed from this workspace')).toBeVisible();
  await again.openInvite(code);
  await expect(again.page.getByText('This invite was revoked.')).toBeVisible();
});

test('[G3.4] a channel is described and archived for all to see; sections, favourites and mute are the same on all devices', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const { id } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name: 'plans' });
  const gil = await guest('Gil');
  await gil.page.goto(`/c/${id}`);
  await gil.page.getByRole('button', { name: 'Join plans' }).click();
  await expect(gil.composer).toBeVisible();
  const [desk, phone] = [await newcomer('Olga'), await newcomer('Olga')];
  for (const olga of [desk, phone]) {
    await olga.use(owner.cookie, cluster.url);
    await olga.page.goto(`/channels/${id}`);
  }
  await desk.page.getByRole('heading', { level: 1 }).getByRole('button').click();
  await desk.page.getByRole('textbox', { name: 'What it’s about (optional)' }).fill('Sunday, at the river');
  await desk.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(gil.page.getByText('Sunday, at the river')).toBeVisible();
  await desk.page.getByRole('button', { name: 'Notifications' }).click();
  await desk.page.getByRole('checkbox', { name: 'Mute' }).check();
  await desk.page.getByRole('button', { name: 'Close', exact: true }).click();
  const menu = desk.page.getByRole('button', { name: 'Options of #plans' });
  await menu.click();
  await desk.page.getByRole('button', { name: 'Add to favourites' }).click();
  const favourites = phone.page.getByRole('region', { name: 'Favourites' });
  await expect(favourites.getByRole('link')).toHaveAccessibleName('plans, muted');
  await menu.click();
  await desk.page.getByRole('button', { name: 'Move to section' }).click();
  await desk.page.getByRole('button', { name: 'New section' }).click();
  await desk.page.getByRole('textbox', { name: 'Name' }).fill('Weekend');
  await desk.page.getByRole('button', { name: 'Save', exact: true }).click();
  await menu.click();
  await desk.page.getByRole('button', { name: 'Move to section' }).click();
  await desk.page.getByRole('radio', { name: 'Weekend' }).click();
  const section = phone.page.getByRole('region', { name: 'Weekend' });
  await expect(section.getByRole('link')).toHaveAccessibleName('plans, muted');
  await phone.page.getByRole('link', { name: 'general' }).click();
  await phone.page.getByRole('button', { name: 'Weekend', exact: true }).click();
  await expect(desk.page.getByRole('button', { name: 'Weekend', exact: true })).toHaveAttribute(
    'aria-expanded',
    'false',
  );
  await gil.sendMessage('anyone?');
  await expect(section.getByRole('link')).toHaveCount(0);

  await desk.page.getByRole('heading', { level: 1 }).getByRole('button').click();
  await desk.page.getByRole('button', { name: 'Archive' }).click();
  await expect(gil.page.getByText('This channel is archived.')).toBeVisible();
  await expect(gil.composer).toHaveCount(0);
  await gil.page.getByRole('link', { name: 'general' }).click();
  await expect(gil.page.getByRole('link', { name: 'plans' })).toHaveCount(0);
  await gil.page.getByRole('button', { name: 'Browse channels' }).click();
  await gil.page.getByText('Archived channels').click();
  await gil.page.getByRole('list', { name: 'Archived channels' }).getByRole('link', { name: 'Open' }).click();
  await gil.expectMessage('anyone?');
});
