import { AxeBuilder } from '@axe-core/playwright';
import { type BrowserContextOptions, devices, type Page } from '@playwright/test';
import { startPushService } from '../server/chat/testing/push-service.ts';
import { mintClientId } from '../shared/client-id.ts';
import type { WorkspaceSnapshot } from '../shared/protocol.ts';
import { expect, test } from './fixtures.ts';
import type { Person } from './person.ts';

/** Notices are the service worker's. */
const working: BrowserContextOptions = { serviceWorkers: 'allow' };

test.beforeAll(() => {
  process.env.PUSH_TO_LOOPBACK = 'on';
  process.env.NOTICE_DELAY_SECONDS = '1';
});
test.afterAll(() => {
  delete process.env.PUSH_TO_LOOPBACK;
  delete process.env.NOTICE_DELAY_SECONDS;
});

/** What the browser shows of ours, by its own account. */
function shown(page: Page): Promise<{ title: string; body: string; tag: string }[]> {
  return page.evaluate(async () => {
    const { getNotifications } = ServiceWorkerRegistration.prototype;
    const notices = await getNotifications.call(await navigator.serviceWorker.ready);
    return notices.map(({ title, body, tag }) => ({ title, body, tag }));
  });
}

/** From here on the page knows whether it is looked at, which tests are spared otherwise. */
async function knowFocus(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false });
}

/** Another window comes before all of this browser's pages of ours. */
async function lookAway(...pages: Page[]): Promise<Page> {
  for (const page of pages) await knowFocus(page);
  // One that was never in front since doesn't know that it isn't.
  for (const page of pages) await page.bringToFront();
  const other = await pages[0]?.context().newPage();
  if (other === undefined) throw new Error('There is no page to look away from.');
  await other.bringToFront();
  for (const page of pages) await expect.poll(() => page.evaluate(() => document.hasFocus())).toBe(false);
  return other;
}

/** A click on a notice comes to the service worker as this event, wherever the system shows notices. */
async function clickNotice(page: Page, tag: string): Promise<void> {
  const [worker] = page.context().serviceWorkers();
  await worker?.evaluate(async (wanted) => {
    type Click = new (kind: string, about: { notification: Notification }) => Event;
    const scope = self as unknown as { registration: ServiceWorkerRegistration; NotificationEvent: Click };
    const [notification] = await scope.registration.getNotifications({ tag: wanted });
    if (notification) self.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
  }, tag);
}

async function snapshotOf(page: Page): Promise<WorkspaceSnapshot> {
  const answer = await page.request.get('/trpc/workspace.snapshot');
  return ((await answer.json()) as { result: { data: WorkspaceSnapshot } }).result.data;
}

async function openNotices(person: Person): Promise<void> {
  await person.page.getByRole('button', { name: 'Settings' }).click();
  await person.page.getByRole('button', { name: 'Choose' }).click();
  await expect(person.page.getByRole('dialog', { name: 'Notifications' })).toBeVisible();
}

async function turnOn(person: Person, url: string): Promise<void> {
  await person.context.grantPermissions(['notifications'], { origin: url });
  await openNotices(person);
  await person.page.getByRole('button', { name: 'Turn on here' }).click();
  await expect(person.page.getByText(/^On(?: while|, also)/)).toBeVisible({ timeout: 20_000 });
  await person.page.keyboard.press('Escape');
  await person.page.evaluate(async () => void (await navigator.serviceWorker.ready));
}

test('[N.1] [N.4] [N.7] a page that nobody looks at shows one notice, a click leads to the message, and reading it elsewhere takes it away', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const ana = await guest('Ana', working);
  const cookie = await ana.cookie();
  const general = Number(
    (await ana.page.getByRole('link', { name: /^general/ }).getAttribute('href'))?.split('/').at(-1),
  );
  const post = (text: string, channel = general) =>
    owner.ask<{ seq: number }>('messages.send', { channel, clientId: mintClientId(), text });
  await turnOn(ana, cluster.url);
  await post('while I look');
  await ana.expectMessage('while I look');

  const second = await ana.context.newPage();
  await second.goto(cluster.url);
  await expect(second.getByRole('log')).toBeVisible();
  const away = await lookAway(ana.page, second);
  const { seq } = await post('the ||secret|| train leaves at 5');
  const tag = `channel-${general}`;
  await expect
    .poll(() => shown(ana.page))
    .toEqual([{ title: 'Olga · #general', body: 'the ▒▒▒ train leaves at 5', tag }]);
  await expect(ana.page).toHaveTitle(/^\(1\) /);

  const { me } = await snapshotOf(ana.page);
  const { id: direct } = await owner.ask<{ id: number }>('channels.openDirect', { people: [me.id] });
  await post('only for you', direct);
  await expect
    .poll(async () => (await shown(ana.page)).map(({ title }) => title).sort())
    .toEqual(['Olga', 'Olga · #general']);
  await expect(ana.page).toHaveTitle(/^\(@1\) /);
  await expect(ana.page.locator('link[rel="icon"]')).toHaveAttribute('href', '/favicon-unread.svg');
  await post('and another train');
  await expect
    .poll(async () => (await shown(ana.page)).find((notice) => notice.tag === tag)?.body)
    .toBe('and another train\nand 1 more');

  // Elsewhere it is read: here it goes.
  const elsewhere = await newcomer('Ana elsewhere');
  await elsewhere.use(cookie, cluster.url);
  await elsewhere.page.getByRole('link', { name: /^general/ }).click();
  await elsewhere.expectMessage('and another train');
  await expect.poll(async () => (await shown(ana.page)).map(({ title }) => title)).toEqual(['Olga']);

  await post('lead me here');
  await expect.poll(async () => (await shown(ana.page)).length).toBeGreaterThan(0);
  await clickNotice(ana.page, `channel-${direct}`);
  await expect
    .poll(() =>
      [ana.page.url(), second.url()].some(
        (url) => url.includes(`/channels/${direct}`) || url.includes(`/c/${direct}/`),
      ),
    )
    .toBe(true);
  expect(seq).toBeGreaterThan(0);
  await away.close();
});

test('[N.2] [N.4] [N.5] what is pushed is shown once by the service worker, also while no page is open, and nothing comes after signing out', async ({
  cluster,
  owner,
  guest,
}) => {
  const ana = await guest('Ana', working);
  const bea = await guest('Bea', working);
  await turnOn(ana, cluster.url);
  const asked = await ana.page.request.get('/trpc/notices.key');
  const { result } = (await asked.json()) as { result: { data: { publicKey: string } } };
  const service = await startPushService(result.data.publicKey);
  try {
    for (const [person, name] of [
      [ana, 'ana'],
      [bea, 'bea'],
    ] as const)
      await person.page.request.post('/trpc/notices.subscribe', {
        headers: { origin: cluster.url },
        data: service.subscribe(name),
      });
    await bea.page.goto('about:blank'); // she reads nothing
    // The page of Ana's that shows notices by itself is closed: only the service worker is left.
    const page = await ana.context.newPage();
    await page.goto(`${cluster.url}/favicon.svg`);
    await ana.page.close();
    await lookAway(page);
    const deliver = await deliverPushes(page, cluster.url);
    await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: 'are you there?' });
    await expect.poll(() => service.messages('ana').map(({ text }) => text)).toEqual(['are you there?']);
    const [payload] = service.messages('ana');
    for (const again of [payload, payload]) await deliver(again);
    await expect.poll(() => shown(page)).toMatchObject([{ title: 'Olga · #general', body: 'are you there?' }]);
    await deliver({
      ...payload,
      tag: 'channel-2',
      channel: 2,
      message: 99,
      text: 'psst',
      place: '',
      withdrawn: ['channel-1'],
    });
    await expect.poll(() => shown(page)).toMatchObject([{ title: 'Olga', body: 'psst' }]);

    const back = await ana.context.newPage();
    await back.goto(cluster.url);
    await back.getByRole('button', { name: 'Settings' }).click();
    await back.getByRole('button', { name: 'Sign out' }).click();
    await expect(back.getByRole('button', { name: 'Sign in' })).toBeVisible();
    await expect.poll(() => shown(back)).toEqual([]);
    await owner.ask('messages.send', { channel: 1, clientId: mintClientId(), text: 'and now?' });
    await expect.poll(() => service.messages('bea').map(({ text }) => text)).toContain('and now?');
    expect(service.messages('ana')).toHaveLength(1);
  } finally {
    await service.stop();
  }
});

/** Hands a push to the browser as its push service would, for the service worker of that address. */
async function deliverPushes(page: Page, origin: string): Promise<(payload: unknown) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((resolve) =>
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations;
      if (first) resolve(first.registrationId);
    }),
  );
  await session.send('ServiceWorker.enable');
  const registrationId = await registered;
  return async (payload) => {
    const data = JSON.stringify(payload);
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  };
}

test('[N.3] [A.1] keywords and quiet hours hold on all devices, and the settings can be used by everybody', async ({
  cluster,
  guest,
  newcomer,
}) => {
  const ana = await guest('Ana');
  const { viewport, userAgent, isMobile, hasTouch } = devices['Pixel 7'];
  const phone = await newcomer('Ana on the phone', {
    ...{ viewport, userAgent, isMobile, hasTouch, locale: 'es-ES', colorScheme: 'dark', reducedMotion: 'reduce' },
  });
  await phone.use(await ana.cookie(), cluster.url);
  await expect(phone.page.getByRole('log')).toBeVisible();

  await openNotices(ana);
  // Nobody answers a browser without a window: it refuses.
  await ana.page.getByRole('button', { name: 'Turn on here' }).click();
  await expect(ana.page.getByText('Blocked in this browser')).toBeVisible();
  await ana.page.getByRole('textbox', { name: 'New keyword' }).fill('  nómina  ');
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.getByRole('button', { name: 'Remove nómina' })).toBeVisible();
  await ana.page.getByRole('button', { name: 'Add quiet hours' }).click();
  const hours = ana.page.getByRole('group', { name: 'Quiet hours 1' });
  await hours.getByRole('button', { name: 'Saturday' }).click();
  await hours.getByLabel('From').fill('23:30');
  await ana.page.getByRole('combobox', { name: 'Time zone' }).selectOption('America/Bogota');
  await ana.page.getByRole('checkbox', { name: 'Hide the text' }).click();
  await ana.page.getByRole('button', { name: '1 hour' }).click();
  await expect(ana.page.getByText(/^On until /)).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await ana.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(ana.page);
  }
  await ana.page.keyboard.press('Escape');
  await ana.page.getByRole('button', { name: 'Do not disturb is on' }).click();
  await ana.page.getByRole('button', { name: 'Turn off', exact: true }).click();
  await expect(ana.page.getByText(/^On until /)).toBeHidden();
  await ana.page.getByRole('button', { name: 'Until tomorrow' }).click();

  await phone.page.getByRole('button', { name: 'Abrir los canales' }).tap();
  await phone.page.getByRole('button', { name: 'No molestar está activado' }).tap();
  const dialog = phone.page.getByRole('dialog', { name: 'Avisos' });
  await expect(dialog.getByRole('button', { name: 'Quitar nómina' })).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: 'Ocultar el texto' })).toBeChecked();
  await expect(dialog.getByLabel('Desde')).toHaveValue('23:30');
  await expect(dialog.getByRole('button', { name: 'sábado' })).toHaveAttribute('aria-pressed', 'true');
  await expect(dialog.getByRole('combobox', { name: 'Zona horaria' })).toHaveValue('America/Bogota');
  await expectAccessible(phone.page);
  expect(await phone.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}
