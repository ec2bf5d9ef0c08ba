import { test as base, expect } from './fixtures.ts';
import { Person } from './person.ts';

/** The owner in front of the cluster view. */
const test = base.extend<{ olga: Person }>({
  olga: async ({ browser, cluster, owner }, use) => {
    const olga = await Person.arrive(browser, 'Olga', cluster.url);
    await olga.use(owner.cookie, cluster.url);
    await olga.page.getByRole('button', { name: /Connection/ }).click();
    await olga.page.getByRole('link', { name: 'Watch the cluster' }).click();
    await expect(olga.page.getByRole('heading', { name: 'The cluster' })).toBeVisible();
    await use(olga);
    await olga.context.close();
  },
});

const rowOf = ({ page }: Person, replica: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: replica }) });

async function connectionsOf(person: Person): Promise<number[]> {
  const cells = ['chat-1', 'chat-2', 'chat-3'].map((replica) => rowOf(person, replica).getByRole('cell').nth(1));
  return Promise.all(cells.map(async (cell) => Number.parseInt((await cell.textContent()) ?? '', 10)));
}

test('[G8.1] [G8.10] [C.1] connections opened on the cluster view spread evenly, and each turn is seen', async ({
  olga,
}) => {
  const before = await connectionsOf(olga);
  await olga.page.getByRole('button', { name: 'Open 60 connections' }).click();
  await expect
    .poll(async () => (await connectionsOf(olga)).map((count, index) => count - (before[index] ?? 0)))
    .toEqual([20, 20, 20]);
  // Each replica says the same of itself, whichever of them serves this page.
  const said = olga.page.getByRole('row', { name: /^Connections/ }).getByRole('cell');
  await expect
    .poll(async () => (await said.allInnerTexts()).map(Number).sort((one, other) => one - other))
    .toEqual([20, 20, 21]);
  await expect(
    olga.page
      .getByRole('row', { name: /^Position in the log/ })
      .getByRole('cell')
      .nth(2),
  ).toHaveText(/^#\d/);
  await olga.page.getByRole('button', { name: 'Close them (60)' }).click();
  await expect.poll(() => connectionsOf(olga)).toEqual(before);
});

test('[G7.3] [G8.10] a killed replica goes down and comes back before one’s eyes; a drained one is taken back', async ({
  olga,
  cluster,
}) => {
  await cluster.kill('chat-2');
  await cluster.untilBack('chat-2');
  const happened = olga.page.getByRole('log', { name: 'What happened' });
  await expect(happened).toContainText(/chat-2: (Starting|Down)/);
  await expect(happened).toContainText('chat-2: Up');
  await expect(rowOf(olga, 'chat-2')).toContainText('Up');

  await olga.page.getByRole('button', { name: 'Drain: chat-1' }).click();
  await expect(rowOf(olga, 'chat-1')).toContainText('Draining');
  await olga.page.getByRole('button', { name: 'Take back: chat-1' }).click();
  await expect(rowOf(olga, 'chat-1')).toContainText('Up');
});

test('[G10.14] who is neither owner nor admin is told that the cluster view is not for them', async ({
  guest,
  cluster,
}) => {
  const ana = await guest('Ana');
  const refused: string[] = [];
  ana.page.on('response', (response) => response.status() === 403 && refused.push(response.url()));
  await ana.page.goto(`${cluster.url}/cluster`);
  await expect(ana.page.getByRole('alert')).toBeVisible();
  expect(refused, 'what is known isn’t asked').toEqual([]);
  await expect(ana.page.getByRole('table')).toHaveCount(0);
});
