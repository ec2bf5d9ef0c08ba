import { expectAccessible } from './expect-accessible.ts';
import { expect, ownerPassword, test } from './fixtures.ts';
import { createHttpClient } from './http-client.ts';

test('[I.6] the owner renames the workspace and hands it over, and every page shows it at once', async ({
  cluster,
  owner,
  invite,
  newcomer,
}) => {
  const member = await createHttpClient(cluster.url, 'identity.join', {
    code: await invite(),
    name: 'Ana',
    password: 'a password for tests',
  });
  const [olga, ana] = [await newcomer('Olga'), await newcomer('Ana', { locale: 'es-ES' })];
  await olga.use(owner.cookie, cluster.url);
  await ana.use(member.cookie, cluster.url);
  await expect(ana.page).toHaveTitle(/Casa/);

  await olga.page.getByRole('button', { name: 'Settings' }).click();
  await olga.page.getByRole('button', { name: 'Rename the workspace' }).click();
  await olga.page.getByRole('textbox', { name: 'Name of the workspace' }).fill('Escuela del río');
  await expectAccessible(olga.page);
  await olga.page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(ana.page).toHaveTitle(/Escuela del río/);
  await ana.page.getByRole('button', { name: 'Ajustes' }).click();
  await expect(ana.page.getByText('Miembro', { exact: true })).toBeVisible();
  await expect(ana.page.getByRole('button', { name: 'Cambiar el nombre del espacio' })).toHaveCount(0);

  await olga.page.getByRole('button', { name: 'Everyone here' }).click();
  await olga.page.getByRole('button', { name: 'Options of Ana' }).click();
  await olga.page.getByRole('button', { name: 'Hand over ownership' }).click();
  await olga.page.getByLabel('Current password').fill('not my password');
  await olga.page.getByRole('button', { name: 'Hand it over' }).click();
  await expect(olga.page.getByText('That isn’t your current password.')).toBeVisible();
  await expectAccessible(olga.page);
  await olga.page.getByLabel('Current password').fill(ownerPassword);
  await olga.page.getByRole('button', { name: 'Hand it over' }).click();
  await expect(ana.page.getByRole('button', { name: 'Cambiar el nombre del espacio' })).toBeVisible();
  await olga.page.getByRole('button', { name: 'Close', exact: true }).click();
  await olga.page.getByRole('button', { name: 'Settings' }).click();
  await expect(olga.page.getByRole('button', { name: 'Rename the workspace' })).toHaveCount(0);
});
