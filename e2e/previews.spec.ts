import { expect, test } from './fixtures.ts';

test('[T.6] a link’s preview is a card under its message, which its author alone can take away', async ({
  cluster,
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.sendMessage('look: https://news.example/today');
  await ana.expectMessage('look:');
  const id = Number(await ana.messageWith('look:').getAttribute('data-message-id'));
  // As if a replica had fetched it: what the test runs on has no public internet.
  cluster.onDatabase(
    `INSERT INTO previews (seq, message, state, url, title, description, site)
     VALUES (${id}, ${id}, 'shown', 'https://news.example/today', 'Rain <b>tomorrow</b>', 'Bring a coat.', 'The News')`,
  );
  for (const person of [ana, bea]) {
    await person.page.reload();
    const card = person.messageWith('look:').getByRole('link', { name: 'Rain' });
    await expect(card).toHaveText('The News · news.exampleRain <b>tomorrow</b>Bring a coat.');
    await expect(card).toHaveAttribute('rel', 'noopener noreferrer nofollow');
  }
  const remove = { name: 'Remove the preview' };
  await expect(bea.page.getByRole('button', remove)).toHaveCount(0);
  await ana.page.getByRole('button', remove).click();
  for (const person of [ana, bea]) await expect(person.page.getByRole('link', { name: 'Rain' })).toHaveCount(0);
  await bea.page.reload();
  await bea.expectMessage('look:');
  await expect(bea.page.getByRole('link', { name: 'Rain' })).toHaveCount(0);
});
