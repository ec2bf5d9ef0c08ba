import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import type { HttpClient } from './http-client.ts';
import type { Person } from './person.ts';

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))));
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

const create = (owner: HttpClient, name: string, isPrivate: boolean) =>
  owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name, topic: '', private: isPrivate });

const post = (by: HttpClient, channel: number, text: string, more: object = {}) =>
  by.ask<{ seq: number }>('messages.send', { channel, clientId: mintClientId(), text, ...more });

const field = ({ page }: Person) => page.getByRole('combobox', { name: /What are you looking for|Qué buscas/ });
const pane = ({ page }: Person) => page.locator('.search-pane');
const results = (person: Person) =>
  pane(person)
    .getByRole('list', { name: /newest first|reciente primero/ })
    .getByRole('listitem');

test('[S.1] [S.2] [S.4] [S.5] [S.8] what was said is found without its accents, inside of words and by filters, and leads to its place; what is private or deleted isn’t', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const general = 1;
  const secret = await create(owner, 'dirección', true);
  await post(owner, general, 'La reunión de mañana es en el aula 12');
  await post(owner, secret.id, 'El plan reunión secreta');
  await Promise.all(Array.from({ length: 70 }, (_, index) => post(owner, general, `relleno ${index}`)));
  const gil = await guest('Gil');
  await gil.sendMessage('srvnagios02 no responde, reunion ya: https://example.org/estado');
  await gil.expectMessage('srvnagios02');
  const doomed = await post(owner, general, 'reunión anulada, lo siento');
  await post(owner, general, 'una respuesta escondida', { thread: doomed.seq });
  const olga = await newcomer('Olga', { reducedMotion: 'reduce' });
  await olga.use(owner.cookie, cluster.url);
  await olga.page.getByRole('link', { name: 'general' }).click();

  await olga.page.keyboard.press('Control+Shift+F');
  await expect(field(olga)).toBeFocused();
  await expect(pane(olga).getByText('What you can look for')).toBeVisible();
  // Beside the conversation, which stays as high as it was.
  const [aside, beside] = [await pane(olga).boundingBox(), await olga.page.locator('#conversation').boundingBox()];
  expect(aside).toMatchObject({ x: (beside?.x ?? 0) + (beside?.width ?? 0), y: beside?.y, height: beside?.height });
  await expectAccessible(olga.page);
  await field(olga).fill('reunion');
  await expect(results(olga)).toContainText(['anulada', 'srvnagios02', 'secreta', 'aula 12']);
  await expect(results(olga).nth(3).locator('mark')).toHaveText('reunión');
  await expect(results(olga).nth(2)).toContainText('#dirección');
  await expectAccessible(olga.page);

  // Filters of either language, completed and taken away.
  await field(olga).fill('reunion de:gi');
  await expect(olga.page.getByRole('option', { name: 'Gil' })).toBeVisible();
  await field(olga).press('ArrowDown');
  await field(olga).press('Enter');
  await expect(results(olga)).toContainText(['srvnagios02']);
  await expect(results(olga)).toHaveCount(1);
  await pane(olga).getByRole('button', { name: 'Remove the filter from:Gil' }).click();
  await field(olga).fill('has:link nagios ');
  await expect(results(olga)).toHaveCount(1);
  await expect(results(olga).locator('mark')).toHaveText('nagios');
  await pane(olga).getByRole('button', { name: 'Remove the filter has:link' }).click();
  await field(olga).fill('reunion -de:gi');
  await expect(olga.page.getByRole('option', { name: 'Gil' })).toBeVisible();
  await field(olga).press('ArrowDown');
  await field(olga).press('Enter');
  await expect(results(olga)).toContainText(['anulada', 'secreta', 'aula 12']);
  await expect(results(olga)).toHaveCount(3);
  await pane(olga).getByRole('button', { name: 'Remove the filter -from:Gil' }).click();
  await field(olga).fill('before:someday');
  await expect(pane(olga).getByText('Not understood: someday')).toBeVisible();

  // Into its context, far above what is loaded, with the results still there.
  await field(olga).fill('aula');
  await results(olga).getByRole('link').click();
  await expect(olga.page).toHaveURL(/\/c\/1\/m\/\d+$/);
  await expect(olga.messageWith('La reunión de mañana')).toBeInViewport();
  await expect(results(olga)).toHaveCount(1);
  await expect(results(olga).getByRole('link')).toHaveAttribute('aria-current', 'true');

  await field(olga).fill('anulada');
  await expect(results(olga)).toHaveCount(1);
  await owner.ask('messages.delete', { message: doomed.seq });
  await expect(pane(olga).getByText('Nothing found')).toBeVisible();

  // A reply that is in its thread alone leads into it; the thread gives the results back.
  await field(olga).fill('escondida');
  await results(olga).getByRole('link').click();
  await olga.page.getByRole('button', { name: 'Close the thread' }).click();
  await expect(results(olga)).toHaveCount(1);

  // All of it, page after page.
  await field(olga).fill('relleno');
  await expect(results(olga)).not.toHaveCount(0);
  await expect(async () => {
    await pane(olga)
      .locator('.search-body')
      .evaluate((body) => body.scrollTo(0, body.scrollHeight));
    await expect(results(olga)).toHaveCount(70, { timeout: 500 });
  }).toPass();

  // Gil isn't in that channel, and learns nothing of it.
  await gil.page.getByRole('button', { name: 'Search messages' }).click();
  await field(gil).fill('secreta');
  await expect(pane(gil).getByText('Nothing found')).toBeVisible();
  await field(gil).fill('in:direcc');
  await expect(gil.page.getByRole('option')).toHaveCount(0);

  // This device remembers what was looked for, until Olga signs out.
  await field(olga).fill('');
  await expect(pane(olga).getByRole('button', { name: 'escondida' })).toBeVisible();
  await pane(olga).getByRole('button', { name: 'Close the search' }).click();
  await expect(pane(olga)).toHaveCount(0);
  const kept = () => olga.page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('searches')));
  expect(await kept()).toHaveLength(1);
  await olga.page.getByRole('button', { name: 'Settings' }).click();
  await olga.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(olga.page.getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expect.poll(kept).toEqual([]);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`[S.9] a few letters lead anywhere, by the keyboard alone, ${colorScheme}`, async ({
    cluster,
    owner,
    guest,
    newcomer,
  }) => {
    const lab = await create(owner, 'laboratorio', false);
    await create(owner, 'dirección', true);
    const gil = await guest('Gil');
    const olga = await newcomer('Olga', { colorScheme, reducedMotion: 'reduce' });
    await olga.use(owner.cookie, cluster.url);
    await olga.page.getByRole('link', { name: 'laboratorio' }).click();
    await olga.expectInside();
    await gil.sendMessage('@Olga mira esto');
    await expect(olga.page.getByRole('link', { name: /general.*1/ })).toBeVisible();
    const goTo = olga.page.getByRole('combobox', { name: 'A channel, a person or a command' });
    const first = olga.page.getByRole('option').first();

    await olga.page.keyboard.press('Control+k');
    await expect(goTo).toBeFocused();
    await expect(first).toContainText('general'); // it mentions Olga
    await expect(first).toHaveAttribute('aria-selected', 'true');
    await expectAccessible(olga.page);
    await olga.page.keyboard.press('Enter');
    await expect(olga.page.getByRole('heading', { name: /^general/ })).toBeVisible();

    await olga.page.keyboard.press('Control+k');
    await olga.page.keyboard.type('direcc');
    await expect(first).toContainText('dirección');
    await olga.page.keyboard.press('Enter');
    await expect(olga.page.getByRole('heading', { name: /^dirección/ })).toBeVisible();

    await olga.page.keyboard.press('Control+k');
    await olga.page.keyboard.type('gil');
    await expect(first).toContainText('Gil');
    await olga.page.keyboard.press('Enter');
    await expect(olga.page.getByRole('heading', { name: 'Gil', exact: true })).toBeVisible();

    const other = colorScheme === 'light' ? 'dark' : 'light';
    await olga.page.keyboard.press('Control+k');
    await olga.page.keyboard.type(`${other} th`);
    await expect(first).toContainText(/theme/);
    await olga.page.keyboard.press('Enter');
    await expect(olga.page.locator('html')).toHaveAttribute('data-theme', other);

    await olga.page.keyboard.press('Control+k');
    await olga.page.keyboard.type('mira');
    await expect(olga.page.getByRole('option')).toHaveText([/Search messages for “mira”/]);
    await olga.page.keyboard.press('Enter');
    await expect(results(olga)).toContainText(['@Olga mira esto']);

    await results(olga).getByRole('link').click();
    await expect(olga.messageWith('@Olga mira esto')).toBeInViewport();
    await olga.page.keyboard.press('Control+k');
    await olga.page.keyboard.type('jump');
    await expect(first).toContainText('Jump to a date');
    await olga.page.keyboard.press('Enter');
    await expect(olga.page.getByRole('dialog', { name: /date/i })).toBeVisible();
    expect(lab.id).toBeGreaterThan(1);
  });

test('[S.8] [A.3] on a phone, in Spanish, the search makes way for what was found and comes back as it was', async ({
  cluster,
  owner,
  newcomer,
}) => {
  await post(owner, 1, 'La clave del aula está en conserjería');
  await post(owner, 1, 'otra cosa con `código` dentro');
  const olga = await newcomer('Olga', { ...phone, locale: 'es-ES', reducedMotion: 'reduce' });
  await olga.use(owner.cookie, cluster.url);
  await olga.page.getByRole('button', { name: 'Buscar mensajes' }).tap();
  await field(olga).fill('CONSERJERIA');
  await expect(results(olga)).toHaveCount(1);
  await expectAccessible(olga.page);
  await results(olga).getByRole('link').tap();
  await expect(pane(olga)).toHaveCount(0);
  await expect(olga.messageWith('La clave del aula')).toBeInViewport();
  await olga.page.getByRole('button', { name: 'Buscar mensajes' }).tap();
  await expect(results(olga)).toHaveCount(1);
  await field(olga).fill('');
  await pane(olga).getByRole('button', { name: 'Que tenga algo' }).tap();
  await olga.page.getByRole('option', { name: 'código' }).tap();
  await expect(results(olga)).toContainText(['otra cosa']);
  const wide = await olga.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);

  await pane(olga).getByRole('button', { name: 'Cerrar la búsqueda' }).tap();
  await olga.page.getByRole('button', { name: 'Abrir los canales' }).tap();
  await olga.page.getByRole('button', { name: 'Ir a…' }).tap();
  await expect(olga.page.getByRole('combobox', { name: 'Un canal, una persona o un comando' })).toBeFocused();
  await expectAccessible(olga.page);
});
