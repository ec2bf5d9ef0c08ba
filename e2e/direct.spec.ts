import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import type { Person } from './person.ts';

async function pickFor(person: Person, names: string[]): Promise<void> {
  await person.page.getByRole('button', { name: 'New direct message' }).click();
  for (const name of names) {
    await person.page.getByRole('searchbox', { name: 'Find people' }).fill(name);
    await person.page.getByRole('button', { name: `Choose ${name}` }).click();
  }
}

const open = (person: Person) => person.page.getByRole('button', { name: 'Open conversation' }).click();
const title = (person: Person, name: string) => person.page.getByRole('heading', { level: 1, name, exact: true });
const entry = (person: Person, name: string) =>
  person.page.getByRole('navigation').getByRole('link', { name: new RegExp(`^${name}`) });

test('[G6.6] two who open a conversation with each other at once are in the same one; closed, it is back when something is said', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  const gil = await guest('Gil');
  const ines = await guest('Inés');
  expect(await olga.replica()).not.toBe(await gil.replica());
  await pickFor(olga, ['Gil']);
  await pickFor(gil, ['Olga']);
  await Promise.all([open(olga), open(gil)]);
  await expect(title(olga, 'Gil')).toBeVisible();
  await expect(title(gil, 'Olga')).toBeVisible();
  expect(new URL(olga.page.url()).pathname).toBe(new URL(gil.page.url()).pathname);
  await Promise.all([olga.sendMessage('at last'), gil.sendMessage('hello')]);
  for (const person of [olga, gil]) for (const text of ['at last', 'hello']) await person.expectMessage(text);

  await gil.page.getByRole('button', { name: 'Options of the conversation with Olga' }).click();
  await gil.page.getByRole('button', { name: 'Close conversation' }).click();
  await expect(entry(gil, 'Olga')).toHaveCount(0);
  await olga.sendMessage('one more thing');
  await expect(entry(gil, 'Olga')).toHaveAccessibleName('Olga, 1 unread message');

  await pickFor(ines, ['Olga', 'Gil']);
  await open(ines);
  await expect(title(ines, 'Olga, Gil')).toBeVisible();
  const group = ines.page.url();
  await ines.sendMessage('the three of us');
  await expect(entry(olga, 'Gil, Inés')).toHaveAccessibleName('Gil, Inés, 1 unread message');
  await pickFor(gil, ['Inés', 'Olga']);
  await open(gil);
  await gil.expectMessage('the three of us');
  expect(gil.page.url()).toBe(group);
});

test('[G6.3] [G6.7] a private channel is seen by those who were let in, until they are removed', async ({
  cluster,
  owner,
  guest,
  newcomer,
}) => {
  const olga = await newcomer('Olga');
  await olga.use(owner.cookie, cluster.url);
  await olga.expectInside();
  const [gil, ines] = [await guest('Gil'), await guest('Inés')];
  await olga.page.getByRole('button', { name: 'New channel' }).click();
  await olga.page.getByRole('textbox', { name: 'Name' }).fill('surprise');
  await olga.page.getByRole('checkbox', { name: 'Private' }).check();
  await olga.page.getByRole('button', { name: 'Create channel' }).click();
  await expect(olga.composer).toHaveAccessibleName('Message #surprise');
  await olga.sendMessage('nobody tells Inés');
  await olga.page.getByRole('button', { name: 'People', exact: true }).click();
  await olga.page.getByRole('button', { name: 'Add people' }).click();
  await olga.page.getByRole('searchbox', { name: 'Find people' }).fill('gi');
  await olga.page.getByRole('button', { name: 'Choose Gil' }).click();
  await olga.page.getByRole('button', { name: 'Add', exact: true }).click();
  const people = olga.page.getByRole('dialog').getByRole('list', { name: 'People' });
  await expect(people.getByRole('listitem')).toHaveText([/Gil/, /Olga/]);

  await entry(gil, 'surprise').click();
  await gil.expectMessage('nobody tells Inés');
  const link = new URL(gil.page.url()).pathname.replace('channels', 'c');
  await ines.page.goto(link);
  await expect(ines.page.getByRole('heading', { name: 'You can’t see this channel' })).toBeVisible();
  await ines.page.getByRole('button', { name: 'Browse channels' }).click();
  await expect(ines.page.getByRole('dialog').getByRole('listitem')).toHaveCount(1);

  await olga.page.getByRole('button', { name: 'Options of Gil' }).click();
  await olga.page.getByRole('button', { name: 'Remove from the channel' }).click();
  await expect(people.getByRole('listitem')).toHaveText([/Olga/]);
  await expect(gil.page.getByRole('heading', { name: 'You can’t see this channel' })).toBeVisible();
  await olga.page.getByRole('button', { name: 'Close', exact: true }).click();
  await olga.sendMessage('now only me');
  await olga.expectMessage('now only me');
  await entry(gil, 'general').click();
  await gil.sendMessage('still here');
  await gil.expectMessage('still here');
  await expect(gil.page.getByText('now only me')).toHaveCount(0);
});

test('[UX15] a message goes where Enter was pressed, however fast the next channel is opened', async ({
  owner,
  guest,
}) => {
  for (const name of ['alpha', 'beta']) {
    const { id } = await owner.ask<{ id: number }>('channels.create', { clientId: mintClientId(), name });
    expect(id).toBeGreaterThan(1);
  }
  const gil = await guest('Gil');
  for (const name of ['alpha', 'beta']) {
    await gil.page.getByRole('button', { name: 'Browse channels' }).click();
    await gil.page.getByRole('button', { name: `Join ${name}` }).click();
    await expect(title(gil, name)).toBeVisible();
  }
  await entry(gil, 'alpha').click();
  await expect(title(gil, 'alpha')).toBeVisible();
  await expect(gil.composer).toBeFocused();
  // Nothing is waited for in between: no answer to any of these need have come before the next.
  for (const name of ['alpha', 'beta', 'general']) {
    await gil.page.keyboard.insertText(`for ${name}`);
    await gil.page.keyboard.press('Enter');
    if (name !== 'general') await gil.page.keyboard.press('Alt+ArrowDown');
  }
  await gil.expectWritten(/for \w+/, ['for general']);
  for (const name of ['beta', 'alpha']) {
    await gil.page.keyboard.press('Alt+ArrowUp');
    await expect(title(gil, name)).toBeVisible();
    await gil.expectWritten(/for \w+/, [`for ${name}`]);
  }
});
