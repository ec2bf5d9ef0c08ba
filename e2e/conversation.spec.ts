import { mintClientId } from '../shared/client-id.ts';
import { messageTextLimit } from '../shared/limits.ts';
import { expect, test } from './fixtures.ts';

test('[G2.1] [G7.1] three people on three replicas see the same messages in the same order', async ({ guest }) => {
  const people = [await guest('Ana'), await guest('Bea'), await guest('Cai')];
  const replicas = await Promise.all(people.map((person) => person.replica()));
  expect(new Set(replicas).size).toBe(3);

  await Promise.all(
    people.map(async (person) => {
      for (let number = 1; number <= 10; number += 1) await person.sendMessage(`${person.name}-${number}.`);
    }),
  );
  const pattern = /(Ana|Bea|Cai)-\d+\./;
  const [first] = people;
  await expect.poll(async () => (await first?.written(pattern))?.length).toBe(30);
  const order = (await first?.written(pattern)) ?? [];
  expect(new Set(order).size).toBe(30);
  for (const person of people) {
    await person.expectWritten(pattern, order);
    const own = order.filter((text) => text.startsWith(person.name));
    expect(own).toEqual(Array.from({ length: 10 }, (_, index) => `${person.name}-${index + 1}.`));
  }
});

test('[G2.3] a reload shows the same messages in the same order', async ({ guest }) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  for (const text of ['one-1', 'two-2', 'three-3']) await ana.sendMessage(text);
  await ana.expectWritten(/\w+-\d/, ['one-1', 'two-2', 'three-3']);
  await bea.sendMessage('four-4');
  for (const person of [ana, bea]) {
    await person.page.reload();
    await person.expectWritten(/\w+-\d/, ['one-1', 'two-2', 'three-3', 'four-4']);
  }
});

test('[G3.5] [G7.3] a replica is killed while three people write, and nobody loses, doubles or reorders', async ({
  cluster,
  guest,
}) => {
  const people = [await guest('Ana'), await guest('Bea'), await guest('Cai')];
  const victim = (await people[1]?.replica()) ?? '';
  const perPerson = 15;
  let written = 0;
  const killed = new Promise<void>((resolve) => {
    void Promise.all(
      people.map(async (person) => {
        for (let number = 1; number <= perPerson; number += 1) {
          await person.sendMessage(`${person.name}-${number}.`);
          written += 1;
          if (written === 12) void cluster.kill(victim).then(resolve);
        }
      }),
    );
  });
  await killed;

  const pattern = /(Ana|Bea|Cai)-\d+\./;
  const total = perPerson * people.length;
  for (const person of people)
    await expect.poll(async () => (await person.written(pattern)).length, { timeout: 20_000 }).toBe(total);
  const order = (await people[0]?.written(pattern)) ?? [];
  expect(new Set(order).size).toBe(total);
  for (const person of people) {
    await person.expectWritten(pattern, order);
    const own = order.filter((text) => text.startsWith(person.name));
    expect(own, 'in the order in which they were written').toEqual(
      Array.from({ length: perPerson }, (_, index) => `${person.name}-${index + 1}.`),
    );
    await person.page.reload();
    await person.expectWritten(pattern, order);
  }
  await cluster.untilBack(victim);
});

test('[G4.1] who was away sees what was written meanwhile', async ({ guest }) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await bea.context.setOffline(true);
  for (let number = 1; number <= 5; number += 1) await ana.sendMessage(`away-${number}`);
  await ana.expectMessage('away-5');
  await bea.context.setOffline(false);
  await bea.expectWritten(/away-\d/, ['away-1', 'away-2', 'away-3', 'away-4', 'away-5']);
});

test('[G3.5] a refused message says why and keeps its text, to be tried again, changed or deleted', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  cluster.onDatabase('CREATE TABLE kept AS SELECT * FROM memberships');
  const refuse = () => cluster.onDatabase('DELETE FROM memberships');
  const allow = () => cluster.onDatabase('INSERT OR IGNORE INTO memberships SELECT * FROM kept');
  const failed = () => ana.log.locator('[data-state="failed"]');

  refuse();
  await ana.sendMessage('first-1');
  await expect(failed().getByRole('alert')).toContainText('Not sent.');
  await ana.sendMessage('second-2');
  await expect(ana.messageWith('second-2')).toContainText('Waiting for the message above');
  allow();
  await failed().getByRole('button', { name: 'Try again' }).click();
  await bea.expectWritten(/\w+-\d/, ['first-1', 'second-2']);

  refuse();
  await ana.sendMessage('thrid-3');
  await failed().getByRole('button', { name: 'Edit' }).click();
  allow();
  await failed().getByRole('textbox').fill('third-3');
  await failed().getByRole('button', { name: 'Save and send' }).click();
  await bea.expectWritten(/\w+-\d/, ['first-1', 'second-2', 'third-3']);

  refuse();
  await ana.sendMessage('regretted-4');
  await failed().getByRole('button', { name: 'Delete' }).click();
  await expect(ana.messageWith('regretted-4')).toHaveCount(0);
});

test('[G3.5] what was written without a connection outlives a reload and is sent once', async ({ cluster, guest }) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  for (const name of ['chat-1', 'chat-2', 'chat-3']) await cluster.takeDown(name);
  await ana.sendMessage('patient-1');
  await ana.sendMessage('patient-2');
  await expect(ana.messageWith('patient-2')).toHaveAttribute('data-state', 'sending');
  await ana.page.reload();
  await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((name) => cluster.bringBack(name)));
  await bea.expectWritten(/patient-\d/, ['patient-1', 'patient-2']);
  await ana.expectWritten(/patient-\d/, ['patient-1', 'patient-2']);
});

test('[G10.1] a message at the limit is sent; a longer one is refused by name and keeps its text', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  const fits = `fits ${'x'.repeat(messageTextLimit - 5)}`;
  await ana.sendMessage(fits);
  await bea.expectMessage('fits x');

  const tooLong = 'y'.repeat(messageTextLimit + 1);
  await ana.sendMessage(tooLong);
  await expect(ana.page.getByRole('alert').filter({ hasText: 'too long' })).toContainText('4,000');
  await expect(ana.composer).toHaveValue(tooLong);
  await ana.composer.fill('short again');
  await ana.composer.press('Enter');
  await bea.expectMessage('short again');
  await expect(bea.messageWith('yyyy')).toHaveCount(0);
});

test('[G10.1] nothing visible is not sent, and control characters are refused with the text kept', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  await ana.sendMessage('   ');
  await ana.sendMessage('\u0000bell\u0007');
  await expect(ana.page.getByRole('alert').filter({ hasText: 'characters that aren’t text' })).toBeVisible();
  await expect(ana.composer).toHaveValue(/bell/);
  await expect(ana.log.locator('[data-client-id]')).toHaveCount(0);
});

test('[G10.11] what looks like HTML or a script is shown as it was written', async ({ guest }) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  const text = '<img src=x onerror="document.title=1"> <script>document.title=2</script> &amp; ](javascript:0)';
  await ana.sendMessage(text);
  await expect(bea.messageWith('onerror')).toContainText(text);
  expect(await bea.page.title()).not.toMatch(/^[12]$/);
});

test('what is written in a channel that hasn’t loaded shows at once, and is sent when it can be', async ({
  owner,
  newcomer,
  cluster,
}) => {
  await owner.ask('channels.create', { clientId: mintClientId(), name: 'plans', topic: '', private: false });
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  await olga.expectInside();
  await olga.context.setOffline(true);
  await olga.page.getByRole('link', { name: 'plans' }).click();
  await olga.sendMessage('written before anything loaded');
  await expect(olga.messageWith('written before anything loaded')).toBeVisible();
  await olga.context.setOffline(false);
  await olga.expectMessage('written before anything loaded');
});
