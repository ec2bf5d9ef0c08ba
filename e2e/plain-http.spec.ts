import { networkInterfaces } from 'node:os';
import { expect, test } from './fixtures.ts';
import { expectKept } from './kept.ts';
import { Person } from './person.ts';

/** Of this machine as others see it: at plain HTTP a browser doesn't count it as secure. */
const address = Object.values(networkInterfaces())
  .flatMap((found) => found ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

test.skip(address === undefined, 'This machine has no network.');
test.use({ address: address ?? '127.0.0.1' });

test('[O.6] at plain HTTP on a network everything but the service worker works, and the settings say what doesn’t', async ({
  cluster,
  guest,
}) => {
  const [ana, bea] = [await guest('Ana', { serviceWorkers: 'allow' }), await guest('Bea')];
  expect(await ana.page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator, 'locks' in navigator])).toEqual([
    false,
    false,
    false,
  ]);
  await ana.page.getByRole('button', { name: 'Settings' }).click();
  await expect(ana.page.getByText('This address isn’t secure (https)')).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await ana.sendMessage('plain-1');
  await bea.expectMessage('plain-1');
  await expectKept(ana.page, 'plain-1');

  for (const name of ['chat-1', 'chat-2', 'chat-3']) await cluster.takeDown(name);
  await ana.sendMessage('plain-2');
  await expectKept(ana.page, 'plain-2');
  await ana.page.reload();
  await ana.expectMessage('plain-1');
  await expect(ana.messageWith('plain-2')).toHaveAttribute('data-state', 'sending');
  const opened = ana.context.waitForEvent('page');
  await ana.page.evaluate(() => void window.open('/'));
  const twin = new Person(await opened, 'Ana');
  await twin.expectMessage('plain-1');
  const tabOf = (person: Person) => person.page.evaluate(() => sessionStorage.getItem('ronda.tab'));
  await expect.poll(async () => (await tabOf(twin)) !== (await tabOf(ana))).toBe(true);
  await expect(twin.messageWith('plain-2')).toHaveCount(0);
  await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((name) => cluster.bringBack(name)));
  await bea.expectWritten(/plain-\d/, ['plain-1', 'plain-2']);
});
