import type { BrowserContextOptions } from '@playwright/test';
import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { createHttpClient } from './http-client.ts';
import { expectKept, keptOnDevice, keptPaths, untilPageIsKept } from './kept.ts';
import { Person } from './person.ts';

const keeping: BrowserContextOptions = { serviceWorkers: 'allow' };

test('[O.1] the page is an app that can be installed, and opens without a network', async ({ guest }) => {
  const ana = await guest('Ana', keeping);
  await untilPageIsKept(ana.page);
  const paths = await keptPaths(ana.page);
  expect(paths).toContain('/');
  expect(paths).toContainEqual(expect.stringMatching(/^\/assets\/en-/));
  expect(paths.filter((path) => /^\/assets\/es-|^\/(trpc|files|cluster)/.test(path))).toEqual([]);

  const devtools = await ana.context.newCDPSession(ana.page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  await expect(ana.page.locator('link[rel="manifest"]')).toHaveAttribute('href', '/en.webmanifest');
});

test('[O.2] [UX29] without a network it opens as it was, one reads and writes on, and then it goes on from there', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana', keeping);
  const bea = await guest('Bea');
  await bea.sendMessage('before');
  await bea.sendMessage('taken back');
  await ana.expectMessage('taken back');
  await untilPageIsKept(ana.page);
  await expectKept(ana.page, 'taken back');
  await ana.page.close();

  await bea.sendMessage('meanwhile');
  await bea.expectMessage('meanwhile');
  await bea.messageWith('taken back').hover();
  await bea.messageWith('taken back').getByRole('button', { name: 'More' }).click();
  await bea.page.getByRole('button', { name: 'Delete' }).click();
  await bea.page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(bea.messageWith('taken back')).toHaveCount(0);
  await cluster.takeDown('balancer');

  const back = new Person(await ana.context.newPage(), 'Ana');
  const asked: string[] = [];
  back.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asked.push(String(payload))));
  await back.page.goto('/');
  await back.expectMessage('before');
  await expect(back.messageWith('taken back')).toBeVisible();
  await expect(back.messageWith('meanwhile')).toHaveCount(0);
  await back.sendMessage('written offline');
  await expect(back.messageWith('written offline')).toHaveAttribute('data-state', 'sending');
  await expect(back.messageWith('written offline').getByText('Waiting for the connection.')).toBeVisible();
  await expect(back.page.getByText('No connection. We’re trying')).toBeVisible();
  await expectKept(back.page, 'written offline');
  await back.page.reload();
  await expect(back.messageWith('written offline')).toHaveAttribute('data-state', 'sending');

  await cluster.bringBack('balancer');
  await back.expectMessage('written offline');
  await back.expectWritten(/before|meanwhile|written offline/, ['before', 'meanwhile', 'written offline']);
  await expect(back.messageWith('taken back')).toHaveCount(0);
  // It went on from where it had been, instead of asking for everything anew.
  expect(asked.filter((frame) => /workspace\.snapshot|messages\.page/.test(frame))).toEqual([]);
  await expect.poll(() => keptOnDevice(back.page)).not.toContain('taken back');
});

test('[O.3] what a device kept goes with the sign-out, in all tabs, and where one was put out while it was away', async ({
  cluster,
  owner,
  guest,
  invite,
  newcomer,
}) => {
  const { id } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name: 'plans' });
  const [ana, bea] = [await guest('Ana'), await newcomer('Bea')];
  const password = 'the password of Bea';
  const code = await invite();
  const desk = await createHttpClient(cluster.url, 'identity.join', { code, name: 'Bea', password });
  await bea.signIn(password);
  await bea.expectInside();
  for (const person of [ana, bea]) {
    await person.page.goto(`/c/${id}`);
    await person.page.getByRole('button', { name: 'Join plans' }).click();
    await person.expectInside();
  }
  await bea.sendMessage('private words');
  await ana.expectMessage('private words');
  for (const { page } of [ana, bea]) await expectKept(page, 'private words');

  // Who is no longer in a channel loses what was kept of it, also where that happened while the page was closed.
  await bea.composer.fill('begun there');
  await expectKept(bea.page, 'begun there');
  await bea.page.goto('about:blank');
  await owner.ask('channels.removePerson', { channel: id, person: 3 });
  await bea.page.goto('/');
  await bea.expectInside();
  await expect.poll(() => keptOnDevice(bea.page)).not.toMatch(/private words|begun there/);

  // The session was ended elsewhere while the device was away.
  await bea.sendMessage('words for all');
  await bea.composer.fill('begun');
  await expectKept(bea.page, 'words for all');
  await expectKept(bea.page, 'begun');
  await bea.page.goto('about:blank');
  await desk.ask('identity.endSessions', {});
  await bea.page.goto('/');
  await expect(bea.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect.poll(() => keptOnDevice(bea.page)).not.toMatch(/words for all|begun|Bea/);

  // Signing out in one tab; what the other has in its hands isn't kept any more either.
  const other = new Person(await ana.context.newPage(), 'Ana');
  await other.page.goto('/');
  await other.expectInside();
  await other.composer.fill('almost');
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await ana.page.getByRole('button', { name: 'Sign out' }).click();
  for (const { page } of [ana, other]) {
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect.poll(() => keptOnDevice(page)).not.toMatch(/words|almost|Ana/);
  }
});

test('[O.3] who signs out without a connection is out at once, and the server is told with the first contact', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana', keeping);
  await ana.sendMessage('private words');
  await untilPageIsKept(ana.page);
  await expectKept(ana.page, 'private words');
  const cookie = await ana.cookie();
  await cluster.takeDown('balancer');
  await expect(ana.page.getByText('No connection. We’re trying')).toBeVisible();
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await ana.page.getByRole('button', { name: 'Sign out' }).click();
  const notTold = 'Without a connection the server couldn’t be told';
  await expect(ana.page.getByText(notTold)).toBeVisible();
  await expect.poll(() => keptOnDevice(ana.page)).not.toMatch(/private words|Ana/);
  await ana.page.reload();
  await expect(ana.page.getByText(notTold)).toBeVisible();
  expect((await ana.context.cookies()).map(({ name, value }) => `${name}=${value}`)).toContain(cookie);

  await cluster.bringBack('balancer');
  await expect(ana.page.getByText(notTold)).toHaveCount(0);
  await expect(ana.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await ana.context.cookies()).toEqual([]);
  // Nobody gets in with the session any more, from wherever.
  const status = await fetch(`${cluster.url}/trpc/identity.status`, { headers: { cookie } });
  expect(await status.text()).toContain('signed-out');
});

test('[UX28] [UX29] the page listens first and fetches then; after a sleep it takes a new connection by itself', async ({
  cluster,
  guest,
  newcomer,
}) => {
  const [ana, bea] = [await guest('Ana'), await newcomer('Ana again')];
  const sent: string[] = [];
  let sockets = 0;
  bea.page.on('websocket', (socket) => {
    sockets += 1;
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
  });
  await bea.page.clock.install();
  await bea.use(await ana.cookie(), cluster.url);
  await bea.expectInside();
  const first = (procedure: string) => sent.findIndex((frame) => frame.includes(`"path":"${procedure}"`));
  for (const procedure of ['workspace.snapshot', 'messages.page']) {
    await expect.poll(() => first(procedure)).toBeGreaterThan(-1);
    expect(first('events')).toBeLessThan(first(procedure));
  }

  const before = sockets;
  await bea.page.clock.setSystemTime(Date.now() + 3_600_000);
  await expect.poll(() => sockets).toBeGreaterThan(before);
  await ana.sendMessage('good morning');
  await bea.expectMessage('good morning');
});
