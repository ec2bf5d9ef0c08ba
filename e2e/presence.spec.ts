import { expect, test } from './fixtures.ts';
import { call } from './http-client.ts';

test('[P.1] [P.2] [UX30] who types is shown and gone once it is sent; who is here shows beside their name, also after a kill', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  const members = await call(cluster.url, 'channels.openDirect', { people: [2] }, { cookie: await bea.cookie() });
  expect(members.result).toBeDefined();
  const dot = bea.page.getByRole('link', { name: /^Ana/ }).locator('.presence-dot');
  await expect(dot).toHaveAttribute('data-online', 'true');
  const line = bea.page.locator('.typing-line');
  await ana.composer.pressSequentially('soup');
  await expect(line).toHaveText('Ana is typing…');
  await ana.composer.press('Enter');
  await expect(line).toHaveText('');
  await cluster.kill(await ana.replica());
  await ana.expectInside();
  await expect(dot).toHaveAttribute('data-online', 'true');
  await ana.context.close();
  await expect(dot).toHaveAttribute('data-online', 'false');
});
