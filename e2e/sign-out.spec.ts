import { networkInterfaces } from 'node:os';
import type { BrowserContextOptions } from '@playwright/test';
import type { Cluster } from './cluster.ts';
import { test as base, expect } from './fixtures.ts';
import { type Front, startFront } from './front.ts';
import { createHttpClient } from './http-client.ts';
import { expectKept, keptOnDevice, untilPageIsKept } from './kept.ts';
import { Person } from './person.ts';

const notTold = 'Without a connection the server couldn’t be told';
const keeping: BrowserContextOptions = { serviceWorkers: 'allow' };

/** Of this machine as others see it: at plain HTTP a browser doesn't count it as secure. */
const networkAddress = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

type Parts = {
  cluster: Cluster;
  front: Front;
  invite(): Promise<string>;
  newcomer(name: string, options?: BrowserContextOptions): Promise<Person>;
};

const test = base.extend<{ front: Front }>({
  front: async ({ cluster }, use) => {
    const front = await startFront(cluster.url);
    await use(front);
    await front.stop();
  },
  baseURL: ({ front }, use) => use(front.url),
});

/** Someone new whose browser reaches the cluster through the front. */
async function behind(front: Front, person: Person, code: string): Promise<Person> {
  const { cookie } = await createHttpClient(front.url, 'identity.join', { code, name: person.name });
  await person.use(cookie, front.url);
  await person.page.goto(front.url);
  await person.expectInside();
  return person;
}

async function signOut({ page }: Person): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: /^Sign out/ }).click();
}

test('[O.3] on a network that swallows everything one is out at once, also where the page is closed at once', async ({
  front,
  invite,
  newcomer,
}) => {
  const ana = await behind(front, await newcomer('Ana', { ...keeping, baseURL: front.url }), await invite());
  await ana.sendMessage('private words');
  await ana.expectMessage('private words');
  await untilPageIsKept(ana.page);
  await expectKept(ana.page, 'private words');
  await ana.composer.fill('begun there');
  await expectKept(ana.page, 'begun there');
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  const leave = ana.page.getByRole('button', { name: /^Sign out/ });
  await expect(leave).toBeVisible();
  front.swallow(true);
  await leave.click();
  await ana.page.close();

  const back = new Person(await ana.context.newPage(), 'Ana');
  const shown: string[] = [];
  await back.page.exposeFunction('seen', (text: string) => void shown.push(text));
  await back.page.addInitScript(() => {
    const { seen } = window as unknown as { seen(text: string): void };
    new MutationObserver(() => seen(document.body?.textContent ?? '')).observe(document, {
      childList: true,
      subtree: true,
    });
  });
  await back.page.goto(front.url);
  await expect(back.page.getByText(notTold)).toBeVisible();
  await expect.poll(() => keptOnDevice(back.page)).not.toMatch(/private words|begun there|Ana|to-forget/);
  expect(shown.join()).not.toContain('private words');

  front.swallow(false);
  await expect(back.page.getByText(notTold)).toHaveCount(0, { timeout: 30_000 });
  expect(await back.context.cookies()).toEqual([]);
});

test('[O.3] a late answer to a sign-out doesn’t put out who signed in next', lateAnswer);

test.describe('at plain HTTP on a network, without locks', () => {
  test.skip(networkAddress === undefined, 'This machine has no network.');
  test.use({ address: networkAddress ?? '127.0.0.1' });
  test('[O.3] [O.6] a late answer to a sign-out doesn’t put out who signed in next', lateAnswer);
});

test('[O.3] a page that is opened tells an owed sign-out before it asks anything', async ({ cluster, guest }) => {
  const ana = await guest('Ana', { ...keeping, baseURL: cluster.url });
  const ahead = ana.page.locator('link[rel="preload"][href="/trpc/identity.status"]');
  await expect(ahead).toHaveCount(1);
  await untilPageIsKept(ana.page);
  await cluster.takeDown('balancer');
  await signOut(ana);
  await expect(ana.page.getByText(notTold)).toBeVisible();
  await ana.page.goto('about:blank');
  await cluster.bringBack('balancer');

  const asked: string[] = [];
  ana.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/trpc')) asked.push(pathname);
  });
  await ana.page.goto(cluster.url);
  await expect(ahead).toHaveCount(0);
  await expect.poll(() => asked).toContain('/trpc/identity.status');
  expect(asked[0]).toBe('/trpc/identity.signOut');
  await expect(ana.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect(ana.page.getByText(notTold)).toHaveCount(0);
  expect(await ana.context.cookies()).toEqual([]);
});

test('[O.3] [O.6] without a service worker too one can sign out offline, once what is opened later has been fetched', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana', { baseURL: cluster.url });
  await ana.sendMessage('private words');
  await expectKept(ana.page, 'private words');
  await ana.page.waitForFunction(() => {
    const fetched = performance.getEntriesByType('resource').map(({ name }) => name);
    return ['settings-dialog', 'sign-in-screen', 'forget-device'].every((part) =>
      fetched.some((name) => name.includes(`/assets/${part}-`)),
    );
  });
  await cluster.takeDown('balancer');
  await signOut(ana);
  await expect(ana.page.getByText(notTold)).toBeVisible();
  await expect.poll(() => keptOnDevice(ana.page)).not.toMatch(/private words|Ana|to-forget/);
});

async function lateAnswer({ cluster, front, invite, newcomer }: Parts): Promise<void> {
  const password = 'the password of Bea';
  await createHttpClient(cluster.url, 'identity.join', { code: await invite(), name: 'Bea', password });
  const ana = await behind(front, await newcomer('Ana', { baseURL: front.url }), await invite());

  const first = front.holdNext('/trpc/identity.signOut');
  await signOut(ana);
  const refused = await first;
  const second = front.holdNext('/trpc/identity.signOut');
  refused.refuse();
  const late = await second;
  const bea = new Person(await ana.context.newPage(), 'Bea');
  await bea.page.goto(front.url);
  await bea.page.getByRole('textbox', { name: 'Your name' }).fill('Bea');
  await bea.page.getByLabel('Password', { exact: true }).fill(password);
  await bea.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(bea.composer).toBeVisible({ timeout: 30_000 });
  await expect.poll(() => late.givenUp()).toBe(true);
  late.release();
  await bea.page.reload();
  await bea.expectInside();
  expect(await bea.context.cookies()).toHaveLength(1);
}

test('[O.3] where a device keeps no more notes, signing out tells the server too', async ({ cluster, guest }) => {
  const ana = await guest('Ana', { baseURL: cluster.url });
  await ana.page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await signOut(ana);
  await expect(ana.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect.poll(() => ana.context.cookies()).toEqual([]);
});
