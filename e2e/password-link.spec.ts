import { devices } from '@playwright/test';
import { expectAccessible } from './expect-accessible.ts';
import { expect, test } from './fixtures.ts';
import { createHttpClient } from './http-client.ts';

test('[I.5] who has forgotten their password gets a link from the owner, sets a new one, and is out everywhere else', async ({
  cluster,
  owner,
  invite,
  newcomer,
}) => {
  await createHttpClient(cluster.url, 'identity.join', {
    code: await invite(),
    name: 'Ana',
    password: 'soon forgotten',
  });
  const [olga, before, ana] = [
    await newcomer('Olga'),
    await newcomer('Ana'),
    await newcomer('Ana', { locale: 'es-ES' }),
  ];
  await before.signIn('soon forgotten');
  await before.expectInside();
  await ana.page.goto('/');
  await expect(ana.page.getByText('¿Has olvidado la contraseña?')).toBeVisible();

  await olga.use(owner.cookie, cluster.url);
  await olga.page.getByRole('button', { name: 'Everyone here' }).click();
  await olga.page.getByRole('button', { name: 'Options of Ana' }).click();
  await olga.page.getByRole('button', { name: 'Link to a new password' }).click();
  await olga.page.getByRole('button', { name: 'Create link' }).click();
  const link = await olga.page.getByRole('textbox', { name: 'One-time link' }).inputValue();
  await expectAccessible(olga.page);
  // Whoever is in already is told where it works.
  await before.page.goto(link);
  await expect(before.page.getByText('where nobody is signed in')).toBeVisible();
  await expectAccessible(before.page);

  await ana.page.goto(link);
  await expect(ana.page.getByRole('heading', { name: 'Otra contraseña para Ana' })).toBeVisible();
  await expectAccessible(ana.page);
  await ana.page.getByLabel('Contraseña', { exact: true }).fill('corta');
  await ana.page.getByRole('button', { name: 'Guardarla y entrar' }).click();
  await expect(ana.page.getByText('Esa contraseña es demasiado corta')).toBeVisible();
  await ana.page.getByLabel('Contraseña', { exact: true }).fill('una que recordaré');
  await ana.page.getByRole('button', { name: 'Guardarla y entrar' }).click();
  await expect(ana.page.getByRole('textbox', { name: /^Mensaje/ })).toBeVisible();
  await expect(before.page.getByText('This link has been used')).toBeVisible();
  await before.signIn('una que recordaré');
  await before.expectInside();
  // By whose link it was set is shown to her, wherever she comes in.
  await before.page.getByRole('button', { name: 'Settings' }).click();
  await before.page.getByRole('button', { name: 'Account and devices' }).click();
  await expect(before.page.getByText(/^Your password was set by a link from Olga on .+\.$/)).toBeVisible();
  await expectAccessible(before.page);
});

test('[A.3] on a phone all that can be done about somebody is within reach, however far down they stand', async ({
  cluster,
  owner,
  invite,
  newcomer,
}) => {
  const { viewport, userAgent, isMobile, hasTouch } = devices['Pixel 7'];
  await createHttpClient(cluster.url, 'identity.join', {
    code: await invite(),
    name: 'Ana',
    password: 'soon forgotten',
  });
  const olga = await newcomer('Olga', { viewport, userAgent, isMobile, hasTouch });
  await olga.use(owner.cookie, cluster.url);
  await olga.page.getByRole('button', { name: 'Open channels' }).tap();
  await olga.page.getByRole('button', { name: 'Everyone here' }).tap();
  await olga.page.getByRole('button', { name: 'Options of Ana' }).tap();
  await olga.page.getByRole('button', { name: 'Remove from the workspace' }).tap();
  await expect(olga.page.getByRole('heading', { name: 'Remove Ana?' })).toBeVisible();
});
