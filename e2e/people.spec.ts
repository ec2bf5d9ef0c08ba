import { AxeBuilder } from '@axe-core/playwright';
import { devices, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './fixtures.ts';
import { createHttpClient } from './http-client.ts';

const password = 'a password for tests';
const card = (page: Page) => page.getByRole('dialog');

async function picture(background: string) {
  const buffer = await sharp({ create: { width: 900, height: 600, channels: 3, background } })
    .jpeg()
    .toBuffer();
  return { name: 'me.jpg', mimeType: 'image/jpeg', buffer };
}

/** It has been loaded and isn't hidden. */
const isShown = (image: Locator) =>
  image.evaluate((element) => element instanceof HTMLImageElement && element.naturalWidth > 0 && !element.hidden);

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => {}))),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

test('[I.1] [I.2] a guest takes a picture and another name, and everyone sees both at once; the card leads on to a mention and a conversation', async ({
  guest,
}) => {
  const [ana, bea] = [await guest('Ana'), await guest('Bea')];
  await ana.sendMessage('first');
  await bea.expectMessage('first');

  await ana.page.getByRole('button', { name: 'Ana', exact: true }).first().click();
  await card(ana.page).getByRole('button', { name: 'Edit profile' }).click();
  await ana.page.locator('.choose-picture input[type=file]').setInputFiles(await picture('#d03020'));
  await ana.page.getByRole('img', { name: /Your picture/ }).press('ArrowLeft');
  await ana.page.getByRole('slider', { name: 'Zoom' }).press('ArrowRight');
  await ana.page.getByRole('button', { name: 'Use this picture' }).click();
  const face = bea.messageWith('first').locator('.avatar img');
  await expect.poll(() => isShown(face)).toBe(true);
  const place = await bea.messageWith('first').boundingBox();
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill('bea');
  await ana.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(ana.page.getByText('Somebody here already has that name.')).toBeVisible();
  await ana.page.getByRole('textbox', { name: 'Your name' }).fill('Anabel');
  await ana.page.getByRole('textbox', { name: 'What you do' }).fill('Second year');
  await ana.page.getByRole('textbox', { name: 'About you' }).fill(`Soup, ${'e\u0301\u0302\u0303'.repeat(60)}`);
  await ana.page.getByRole('combobox', { name: 'Time zone' }).selectOption('Asia/Tokyo');
  await ana.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(bea.messageWith('first').getByText('Anabel')).toBeVisible();
  expect(await bea.messageWith('first').boundingBox()).toEqual(place);

  await bea.messageWith('first').locator('.avatar').click();
  await expect(card(bea.page)).toHaveAccessibleName(/^Anabel/);
  for (const text of ['Second year', 'Active now', / there now/, /^Soup/])
    await expect(card(bea.page).getByText(text)).toBeVisible();
  await bea.page.keyboard.press('Escape');
  await expect(card(bea.page)).toBeHidden();
  await bea.messageWith('first').getByRole('button', { name: 'Anabel', exact: true }).click();
  await card(bea.page).getByRole('button', { name: 'Mention' }).click();
  await expect(bea.composer).toHaveValue('@Anabel ');
  await expect(bea.composer).toBeFocused();
  await bea.composer.pressSequentially('hello');
  await bea.composer.press('Enter');
  // The keyboard gets to the names in a message, while Tab passes them over.
  await ana.messageWith('@Anabel hello').focus();
  await ana.page.keyboard.press('ArrowRight');
  await expect(ana.messageWith('@Anabel hello').getByRole('button', { name: 'Bea', exact: true })).toBeFocused();
  await ana.page.keyboard.press('ArrowRight');
  await expect(ana.messageWith('@Anabel hello').getByRole('button', { name: '@Anabel' })).toBeFocused();
  await ana.page.keyboard.press('Enter');
  await expect(card(ana.page)).toHaveAccessibleName(/^Anabel/);
  await ana.page.keyboard.press('Escape');
  await expect(card(ana.page)).toBeHidden();
  await ana.messageWith('@Anabel hello').locator('.avatar').click();
  await card(ana.page).getByRole('button', { name: 'Message', exact: true }).click();
  await expect(ana.page.getByRole('heading', { level: 1, name: 'Bea' })).toBeVisible();

  await ana.page.getByRole('button', { name: 'Anabel', exact: true }).click();
  await card(ana.page).getByRole('button', { name: 'Edit profile' }).click();
  await ana.page.locator('.choose-picture input[type=file]').setInputFiles({
    name: 'me.svg',
    mimeType: 'image/svg+xml',
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>document.title="hurt"</script></svg>'),
  });
  await expect(ana.page.getByText(/of a kind that isn’t accepted/)).toBeVisible();
  await ana.page.getByRole('button', { name: 'Remove the picture' }).click();
  await expect(bea.messageWith('first').locator('.avatar img')).toHaveCount(0);
  await expect(bea.messageWith('first').locator('.avatar')).toHaveText('A');
});

test('[P.3] [P.4] [P.5] a status is over at its time on every page, who touches nothing is away, and who left was last seen', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const ana = await guest('Ana');
  await ana.sendMessage('here');
  const bea = await newcomer('Bea');
  await bea.page.clock.install();
  await bea.use(owner.cookie, cluster.url);
  await bea.expectMessage('here');
  const mark = bea.messageWith('here').getByRole('img', { name: 'At lunch' });
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await ana.page.getByRole('button', { name: 'Set a status' }).click();
  await ana.page.getByRole('button', { name: 'At lunch' }).click();
  await ana.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(mark).toHaveText('🍽️');
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await ana.page.getByRole('button', { name: 'Set a status' }).click();
  await expect(ana.page.getByRole('textbox', { name: 'What are you up to?' })).toHaveValue('At lunch');
  await ana.page.keyboard.press('Escape');

  // Bea's time alone goes on: she sits there for an hour, and touches nothing.
  const bell = ana.page.locator('.message-author', { hasText: 'Olga' });
  await bea.sendMessage('and me');
  await ana.expectMessage('and me');
  await bell.click();
  await expect(card(ana.page).getByText('Active now')).toBeVisible();
  await bea.page.clock.fastForward('59:00');
  await expect(card(ana.page).getByText('Away')).toBeVisible();
  await expect(mark).toBeVisible();
  await bea.page.clock.fastForward('02:00');
  await expect(mark).toHaveCount(0);
  await bea.page.mouse.move(200, 200);
  await expect(card(ana.page).getByText('Active now')).toBeVisible();
  await bea.context.close();
  await expect(card(ana.page).getByText('Offline')).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await expect
    .poll(async () => {
      await bell.click();
      const text = await card(ana.page).textContent();
      await ana.page.keyboard.press('Escape');
      return text ?? '';
    })
    .toContain('Last seen');
});

test('[I.3] [I.4] [G6.4] a device that is signed out from another one closes at once and forgets; a new password ends the others', async ({
  cluster,
  invite,
  newcomer,
}) => {
  await createHttpClient(cluster.url, 'identity.join', { code: await invite(), name: 'Ana', password });
  const [desk, phone] = [await newcomer('Ana'), await newcomer('Ana', { userAgent: devices['Pixel 7'].userAgent })];
  for (const device of [desk, phone]) {
    await device.signIn(password);
    await device.expectInside();
  }
  await phone.composer.fill('only begun');
  await expect.poll(() => phone.page.evaluate(() => JSON.stringify(localStorage))).toContain('only begun');

  const openAccount = async () => {
    await desk.page.getByRole('button', { name: 'Settings' }).click();
    await desk.page.getByRole('button', { name: 'Account and devices' }).click();
  };
  const devicesListed = desk.page.getByRole('region', { name: 'Where you’re signed in' }).getByRole('listitem');
  await openAccount();
  await expect(devicesListed.filter({ hasText: 'Chrome · Android' })).toHaveCount(1, { timeout: 30_000 });
  await expect(devicesListed.filter({ hasText: 'this device' })).toHaveCount(1);
  await desk.page.getByRole('button', { name: 'Sign out Chrome · Android' }).click();
  await expect(phone.page.getByText('This device was signed out from another one of yours.')).toBeVisible();
  await expect.poll(() => phone.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('only begun');
  await expect(devicesListed.filter({ hasText: 'Chrome · Android' })).toHaveCount(0);

  await phone.signIn(password);
  await phone.expectInside();
  const form = desk.page.getByRole('form', { name: 'Change password' });
  await form.getByLabel('Current password').fill('not my password');
  await form.getByLabel('New password').fill('another password');
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByText('That isn’t your current password.')).toBeVisible();
  await form.getByLabel('Current password').fill(password);
  await form.getByRole('button', { name: 'Change password' }).click();
  await expect(form.getByText('Your password is changed.')).toBeVisible();
  await expect(phone.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await phone.signIn('another password');
  await phone.expectInside();
  await desk.page.keyboard.press('Escape');
  await desk.sendMessage('still here');
  await phone.expectMessage('still here');
});

test('[D.1] [UX21] a draft is there on the other device, also after signing in again, comes over nothing that is being typed, and goes when it is sent', async ({
  cluster,
  invite,
  newcomer,
}) => {
  await createHttpClient(cluster.url, 'identity.join', { code: await invite(), name: 'Ana', password });
  const [desk, phone] = [await newcomer('Ana'), await newcomer('Ana')];
  for (const device of [desk, phone]) {
    await device.signIn(password);
    await device.expectInside();
  }
  await desk.composer.pressSequentially('soup on');
  await expect(phone.composer).toHaveValue('soup on');
  await phone.composer.pressSequentially(' Sunday');
  // On the desk nobody has typed for a while.
  await expect(desk.composer).toHaveValue('soup on Sunday', { timeout: 30_000 });

  // Both write: neither is disturbed while they do, and the later one is what stays.
  await phone.composer.fill('from the phone');
  await desk.composer.pressSequentially(', at the desk', { delay: 300 });
  await expect(desk.composer).toHaveValue('soup on Sunday, at the desk');
  await expect(phone.composer).toHaveValue('soup on Sunday, at the desk', { timeout: 30_000 });

  await phone.page.getByRole('button', { name: 'Settings' }).click();
  await phone.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(phone.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  expect(await phone.page.evaluate(() => JSON.stringify(localStorage))).not.toContain('soup');
  await phone.signIn(password);
  await expect(phone.composer).toHaveValue('soup on Sunday, at the desk');
  await phone.composer.press('Enter');
  await desk.expectMessage('soup on Sunday, at the desk');
  await expect(desk.composer).toHaveValue('');
  await desk.page.reload();
  await desk.expectInside();
  await expect(desk.composer).toHaveValue('');
});

test('[D.1] a device whose clock is put right brings no sent text back', async ({ cluster, invite, newcomer }) => {
  await createHttpClient(cluster.url, 'identity.join', { code: await invite(), name: 'Ana', password });
  const [desk, phone] = [await newcomer('Ana'), await newcomer('Ana')];
  await desk.page.clock.install();
  for (const device of [desk, phone]) {
    await device.signIn(password);
    await device.expectInside();
  }
  await desk.composer.pressSequentially('soup on Sunday');
  await expect(phone.composer).toHaveValue('soup on Sunday');
  await desk.page.clock.setSystemTime(Date.now() + 20 * 60_000);
  await desk.composer.press('Enter');
  await phone.expectMessage('soup on Sunday');
  await expect(phone.composer).toHaveValue('');
  await expect(desk.composer).toHaveValue('');
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`[A.1] [A.3] cards and what one sets of oneself pass axe, on a phone too, ${colorScheme}`, async ({
    cluster,
    invite,
    newcomer,
  }) => {
    const member = await createHttpClient(cluster.url, 'identity.join', {
      code: await invite(),
      name: 'Ana',
      password,
    });
    const profile = { pronouns: 'ella', title: 'Diseño', about: 'x'.repeat(300), timeZone: 'America/Lima' };
    await member.ask('members.changeProfile', profile);
    await member.ask('members.setStatus', { status: { emoji: '🌴', text: 'w'.repeat(80) } });
    const { viewport, userAgent, isMobile, hasTouch } = devices['Pixel 7'];
    const phone = { viewport: { ...viewport, width: 320 }, userAgent, isMobile, hasTouch, locale: 'es-ES' };
    const ana = await newcomer('Ana', {
      colorScheme,
      reducedMotion: 'reduce',
      ...(colorScheme === 'dark' ? phone : {}),
    });
    await ana.use(member.cookie, cluster.url);
    await expect(ana.page.locator('.composer textarea')).toBeVisible();
    if (colorScheme === 'dark') await ana.page.getByRole('button', { name: 'Abrir los canales' }).tap();
    await ana.page.getByRole('button', { name: 'Ana', exact: true }).click();
    await expect(card(ana.page)).toBeVisible();
    await expectAccessible(ana.page);
    await card(ana.page)
      .getByRole('button', { name: /Edit profile|Editar perfil/ })
      .click();
    await expect(card(ana.page).getByRole('heading', { name: /Your profile|Tu perfil/ })).toBeVisible();
    await expectAccessible(ana.page);
    await ana.page.locator('.choose-picture input[type=file]').setInputFiles(await picture('#204060'));
    await expect(ana.page.getByRole('slider')).toBeVisible();
    await expectAccessible(ana.page);
    await ana.page.keyboard.press('Escape');
    for (const name of [/Set a status|Poner un estado/, /Account and devices|Cuenta y dispositivos/]) {
      await ana.page.getByRole('button', { name: /^Settings|^Ajustes/ }).click();
      await ana.page.getByRole('button', { name }).click();
      await expect(card(ana.page)).toHaveCount(1);
      await expect(card(ana.page).getByRole('heading', { level: 2 })).not.toHaveText(/^(Settings|Ajustes)$/);
      await expectAccessible(ana.page);
      const wider = await ana.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider).toBeLessThanOrEqual(0);
      await ana.page.keyboard.press('Escape');
      await expect(card(ana.page)).toBeHidden();
    }
  });
