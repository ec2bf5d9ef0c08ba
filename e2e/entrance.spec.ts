import { expect, ownerPassword, test } from './fixtures.ts';
import { call } from './http-client.ts';

const password = 'a long enough sentence';

test('[G10.8] the first one to open the printed link becomes the owner and invites the others', async ({
  cluster,
  newcomer,
}) => {
  const early = await newcomer('Early');
  await early.page.goto('/');
  await expect(early.page.getByRole('heading', { name: 'This Ronda has no owner yet' })).toBeVisible();

  const olga = await newcomer('Olga');
  await olga.setUp(cluster.setUpLink, 'Casa', ownerPassword);
  await olga.expectInside();
  const firstSteps = olga.page.getByRole('region', { name: 'Nobody else is here yet' });
  await expect(firstSteps.getByRole('button')).toHaveText([
    'Invite the first people',
    'Create a channel',
    'Turn on notifications',
  ]);

  await olga.page.getByRole('button', { name: 'Invite people' }).click();
  await olga.page.getByRole('checkbox', { name: 'Allow guests' }).check();
  await olga.page.getByRole('button', { name: 'Create link' }).click();
  const link = await olga.page.getByRole('textbox', { name: 'Invite link' }).inputValue();
  const code = new URL(link).pathname.split('/').at(-1) ?? '';

  const gil = await newcomer('Gil');
  await gil.joinAsGuest(code);
  await gil.expectInside();
  await expect(firstSteps).toHaveCount(0);
  const mia = await newcomer('Mia');
  await mia.joinAsMember(code, password);
  await mia.expectInside();
  await mia.sendMessage('Hello, I am Mia');
  await gil.expectMessage('Hello, I am Mia');

  const late = await newcomer('Late');
  await late.page.goto(cluster.setUpLink);
  await expect(late.page.getByRole('heading', { name: 'This Ronda already has an owner' })).toBeVisible();
});

test('an error, or another way to join, moves nothing above it', async ({ invite, newcomer }) => {
  const mia = await newcomer('Mia', { viewport: { width: 1280, height: 1000 } });
  await mia.openInvite(await invite());
  const name = mia.page.getByRole('textbox', { name: 'Your name' });
  const before = await name.boundingBox();
  await mia.page.getByRole('button', { name: 'Join', exact: true }).click();
  await expect(mia.page.getByRole('alert')).not.toBeEmpty();
  expect(await name.boundingBox()).toEqual(before);
  await mia.page.getByRole('radio', { name: 'As a guest' }).check();
  expect(await name.boundingBox()).toEqual(before);
});

test('each new invite link is there to be copied, and says when it was', async ({ owner, newcomer, cluster }) => {
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  await olga.page.getByRole('button', { name: 'Invite people' }).click();
  const create = olga.page.getByRole('button', { name: 'Create link' });
  const link = olga.page.getByRole('textbox', { name: 'Invite link' });
  await create.click();
  await olga.page.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(olga.page.getByRole('status').filter({ hasText: 'Copied' })).toBeAttached();
  const first = await link.inputValue();
  await create.click();
  await expect(link).not.toHaveValue(first);
  await expect(olga.page.getByRole('button', { name: 'Copy', exact: true })).toBeVisible();
});

test('[G10.7] an invite that is used up says so, to who opens it and to who had it open', async ({
  invite,
  newcomer,
}) => {
  const code = await invite({ maximumUses: 1 });
  const usedUp = 'This invite has been used as often as it could be.';
  const slow = await newcomer('Slow');
  await slow.openInvite(code);
  const first = await newcomer('First');
  await first.joinAsGuest(code);
  await first.expectInside();

  await slow.fillInAsGuest();
  await expect(slow.page.getByRole('alert')).toHaveText(usedUp);
  const late = await newcomer('Late');
  await late.openInvite(code);
  await expect(late.page.getByText(usedUp)).toBeVisible();
});

test('[G10.6] wrong passwords are refused in the same words for every name, and slowed down', async ({
  cluster,
  owner,
  newcomer,
}) => {
  expect(owner.cookie).not.toBe('');
  const olga = await newcomer('Olga');
  await olga.signIn('not this one');
  await expect(olga.page.getByRole('alert')).toHaveText('That name and password don’t go together.');
  const nobody = await newcomer('Nobody');
  await nobody.signIn('not this one');
  await expect(nobody.page.getByRole('alert')).toHaveText('That name and password don’t go together.');

  for (let attempt = 0; attempt < 10; attempt += 1)
    await call(cluster.url, 'identity.signIn', { name: 'Olga', password: 'not this one' });
  await olga.signIn('not this one');
  await expect(olga.page.getByRole('alert')).toContainText('Too many attempts. Try again in');
});

test('a member signs out, and in again with the password', async ({ invite, newcomer }) => {
  const mia = await newcomer('Mia');
  await mia.joinAsMember(await invite(), password);
  await mia.expectInside();
  await mia.page.getByRole('button', { name: 'Settings' }).click();
  await mia.page.getByRole('button', { name: 'Sign out' }).click();
  await expect(mia.page.getByRole('heading', { name: 'Sign in to Casa' })).toBeVisible();
  await mia.signIn(password);
  await mia.expectInside();
});

test('[G6.4] a session that ends elsewhere leads to the sign-in, and the draft is there afterwards', async ({
  cluster,
  invite,
  newcomer,
}) => {
  const mia = await newcomer('Mia');
  await mia.joinAsMember(await invite(), password);
  await mia.composer.fill('half a thought');
  const complaints: string[] = [];
  mia.page.on('console', (message) => complaints.push(message.text()));
  await call(cluster.url, 'identity.signOut', undefined, { cookie: await mia.cookie() });
  await expect(mia.page.getByText('Your session has ended.')).toBeVisible();
  expect(complaints).toEqual([]);
  await mia.signIn(password);
  await expect(mia.composer).toHaveValue('half a thought');
});

test('[G6.4] an expired session is told so, at a reload and when the connection is made again', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  cluster.onDatabase('UPDATE sessions SET expires_at = 1');
  await ana.page.reload();
  await expect(ana.page.getByRole('heading', { name: 'Sign in to Casa' })).toBeVisible();
  await cluster.kill(await bea.replica());
  await expect(bea.page.getByText('Your session has ended.')).toBeVisible();
});

test('[A.2] the browser’s language is taken, and can be changed', async ({ newcomer, guest }) => {
  const eva = await newcomer('Eva', { locale: 'es-ES' });
  await eva.page.goto('/');
  await expect(eva.page.locator('html')).toHaveAttribute('lang', 'es');
  await eva.page.getByRole('button', { name: 'English' }).click();
  await expect(eva.page.locator('html')).toHaveAttribute('lang', 'en');

  const sol = await guest('Sol');
  await sol.page.getByRole('button', { name: 'Settings' }).click();
  await sol.page.getByRole('button', { name: 'Español' }).click();
  await expect(sol.page.locator('html')).toHaveAttribute('lang', 'es');
  await sol.page.reload();
  await expect(sol.page.getByRole('textbox', { name: /^Mensaje/ })).toBeVisible();
});

test('[G10.7] refusals are told in the person’s language', async ({ newcomer, owner }) => {
  expect(owner.cookie).not.toBe('');
  const eva = await newcomer('Eva', { locale: 'es-ES' });
  await eva.page.goto('/join/AAAAAAAAAAAAAAAAAAAAAA');
  await expect(eva.page.getByText('No existe')).toBeVisible();
});
