import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { expectKept, untilPageIsKept } from './kept.ts';
import { Person } from './person.ts';

test.describe.configure({ timeout: 180_000 });

test('[O.4] [UX11] [UX13] [UX14] [UX15] [UX29] twenty messages from an aeroplane, with a reload and a crash on the way, arrive once, in order, where they were written', async ({
  cluster,
  owner,
  guest,
}) => {
  const [ana, bea] = [await guest('Ana', { serviceWorkers: 'allow' }), await guest('Bea')];
  for (const name of ['plans', 'lunch']) {
    const { id } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name });
    for (const { page } of [ana, bea]) {
      await page.goto(`/c/${id}`);
      await page.getByRole('button', { name: `Join ${name}` }).click();
      await expect(page.getByRole('textbox', { name: `Message #${name}` })).toBeVisible();
    }
  }
  const channels = ['general', 'plans', 'lunch'] as const;
  const open = async (person: Person, channel: string) => {
    await person.page.getByRole('navigation').getByRole('link', { name: channel }).click();
    await expect(person.page.getByRole('textbox', { name: `Message #${channel}` })).toBeVisible();
  };
  await open(ana, 'general');
  await ana.sendMessage('before the flight');
  await ana.expectMessage('before the flight');
  for (const channel of channels) await open(ana, channel);
  await untilPageIsKept(ana.page);
  for (const name of ['general', 'plans', 'lunch']) await expectKept(ana.page, name);
  await expectKept(ana.page, '[\\"conversation\\",1]');
  await ana.page.clock.install();
  await ana.page.reload();
  await open(ana, 'general');
  await ana.expectInside();

  await ana.context.setOffline(true);
  await cluster.takeDown('balancer');
  const written = { general: [] as string[], plans: [] as string[], lunch: [] as string[] };
  const write = async (person: Person, from: number, to: number) => {
    for (let number = from; number <= to; number += 1) {
      const channel = channels[number % 3] ?? 'general';
      const text = `flight-${String(number).padStart(2, '0')}`;
      await open(person, channel);
      await person.sendMessage(text);
      await expect(person.messageWith(text)).toHaveAttribute('data-state', 'sending');
      written[channel].push(text);
      // Off to the next one at once: what was written stays where Enter was pressed.
    }
  };
  await write(ana, 1, 7);
  // Every time-out and backoff passes, and the machine seems to have slept.
  await ana.page.clock.fastForward('10:00');
  await expect(ana.page.getByText('No connection. We’re trying')).toBeVisible();
  await expectKept(ana.page, 'flight-07');
  await ana.page.reload();
  await open(ana, 'plans');
  await write(ana, 8, 14);
  await ana.page.clock.fastForward('10:00');
  await expectKept(ana.page, 'flight-14');

  const devtools = await ana.context.newCDPSession(ana.page);
  const crashed = ana.page.waitForEvent('crash');
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await ana.page.close();
  const back = new Person(await ana.context.newPage(), 'Ana');
  await back.page.goto('/');
  await write(back, 15, 20);

  // In the list of what waits: one that certainly never left, one that may have, and one that isn't wanted any more.
  await back.page.getByRole('navigation').getByRole('button', { name: '20 waiting' }).click();
  const list = back.page.getByRole('dialog', { name: 'Waiting to be sent' });
  await expect(list.getByRole('listitem')).toHaveCount(20);
  await expect(list.getByText('Waiting for the connection.')).toHaveCount(20);
  for (const text of ['flight-18', 'flight-03']) {
    await list.getByRole('button', { name: `Edit “${text}”` }).click();
    await list.getByRole('textbox').fill(`${text} changed`);
    await list.getByRole('button', { name: 'Save' }).click();
    const channel = channels[Number(text.slice(-2)) % 3] ?? 'general';
    written[channel] = written[channel].map((one) => (one === text ? `${text} changed` : one));
  }
  for (const text of ['flight-19', 'flight-04']) {
    await list.getByRole('button', { name: `Delete “${text}”` }).click();
    const channel = channels[Number(text.slice(-2)) % 3] ?? 'general';
    written[channel] = written[channel].filter((one) => one !== text);
  }
  await expect(list.getByRole('listitem')).toHaveCount(19);
  await expectKept(back.page, 'flight-03 changed');
  await back.page.keyboard.press('Escape');
  // And of one that had arrived long before.
  await open(back, 'general');
  await back.messageWith('before the flight').hover();
  await back.messageWith('before the flight').getByRole('button', { name: 'React with 👍' }).click();
  await expect(back.messageWith('before the flight').getByRole('button', { name: /👍/, pressed: true })).toBeVisible();

  await cluster.bringBack('balancer');
  await ana.context.setOffline(false);
  await expect(back.page.getByRole('button', { name: /\d+ waiting/ })).toHaveCount(0, { timeout: 60_000 });
  for (const person of [bea, back])
    for (const channel of channels) {
      await open(person, channel);
      await person.expectWritten(/flight-\d\d( changed)?/, written[channel]);
    }
  await open(bea, 'general');
  await expect(bea.messageWith('before the flight').getByRole('button', { name: /👍/ })).toBeVisible();
});

test('[O.4] [UX13] a tab that was duplicated sends nothing of the first one’s; what a closed one left is sent by the next', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana', { serviceWorkers: 'allow' });
  const bea = await guest('Bea');
  await untilPageIsKept(ana.page);
  await expectKept(ana.page, '[\\"conversation\\",1]');
  await cluster.takeDown('balancer');
  await ana.sendMessage('mine-1');
  await expectKept(ana.page, 'mine-1');
  const opened = ana.context.waitForEvent('page');
  await ana.page.evaluate(() => void window.open('/'));
  const twin = new Person(await opened, 'Ana');
  await expect(twin.composer).toBeVisible();
  const tabOf = (person: Person) => person.page.evaluate(() => sessionStorage.getItem('ronda.tab'));
  await expect.poll(async () => (await tabOf(twin)) !== (await tabOf(ana))).toBe(true);
  await ana.sendMessage('mine-2');
  await expectKept(ana.page, 'mine-2');
  await twin.sendMessage('twin-1');
  await expectKept(twin.page, 'twin-1');
  await expect(twin.messageWith('mine-1')).toHaveCount(0);
  await twin.page.close();
  await cluster.bringBack('balancer');
  await bea.expectWritten(/(mine|twin)-\d/, ['mine-1', 'mine-2', 'twin-1']);
});
