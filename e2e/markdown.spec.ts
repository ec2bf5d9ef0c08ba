import { messageTextLimit } from '../shared/limits.ts';
import { expect, test } from './fixtures.ts';

const everything = [
  '# A title',
  'It is **bold**, *slanted*, ~~gone~~ and `code`.',
  'A second line, and ||Rosebud||.',
  '> a quote',
  '- [x] done',
  '- [ ] open',
  '',
  '| Day | Who |',
  '| :-- | --: |',
  '| Monday | Ana |',
  '```ts',
  'const round: string[] = ["Ana"];',
  '```',
].join('\n');

test('[T.1] [G10.11] Markdown becomes structure: tables, tasks, quotes, spoilers, and code in colours that can be copied', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.sendMessage(everything);
  const message = bea.messageWith('A title');
  await expect(message.getByRole('strong').filter({ hasText: 'bold' })).toBeVisible();
  await expect(message.getByRole('blockquote')).toHaveText('a quote');
  await expect(message.getByRole('listitem').first()).toContainText('Done:');
  await expect(message.getByRole('columnheader', { name: 'Who' })).toBeVisible();
  await expect(message.getByRole('heading')).toHaveCount(0);
  await expect(message.getByText('A second line')).toContainText('code.\nA second line');

  const code = message.locator('.code-block');
  await expect(code.locator('.hljs-keyword')).toHaveText('const');
  await code.getByRole('button', { name: 'Copy the code' }).click();
  await expect(code.getByRole('status')).toHaveText('Copied');

  const spoiler = message.getByRole('button', { name: 'Spoiler: show it' });
  await expect(message.getByText('Rosebud')).toBeHidden();
  await spoiler.press('Enter');
  await expect(message.getByText('Rosebud')).toBeVisible();
});

test('[G10.11] [T.2] [T.3] hostile text runs nothing, deceives nobody and breaks no layout', async ({ guest }) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea', { viewport: { width: 390, height: 844 } });
  const upToLimit = (text: string) => text.slice(0, messageTextLimit);
  const hostile = [
    '[safe](javascript:document.title=1) <img src=x onerror="document.title=1"> ![p](javascript:document.title=1)',
    '[https://bank.example](https://evil.example) https://аpple.com',
    `piled a${'\u0301'.repeat(messageTextLimit - 10)}`,
    'before \u202eturned round\u202c after, and left open \u202e\u2067',
    upToLimit(`\`\`\`js\n${'const x = {'.repeat(400)}`),
    upToLimit(`\`\`\`\n${'wide'.repeat(1_000)}`),
    upToLimit(`|${'w|'.repeat(32)}\n|${'-|'.repeat(32)}\n${`|${'cell|'.repeat(32)}\n`.repeat(60)}`),
    upToLimit('> - '.repeat(1_000)),
    upToLimit('*a **b _c __d ~~e ||f '.repeat(200)),
    upToLimit('[a]('.repeat(1_000)),
  ];
  for (const text of hostile) await ana.sendMessage(text);
  await ana.sendMessage('the end of it');
  await bea.expectMessage('the end of it');

  await expect(bea.messageWith('safe').getByRole('link')).toHaveCount(0);
  await expect(bea.messageWith('bank.example')).toContainText('(evil.example)');
  await expect(bea.messageWith('bank.example')).toContainText('xn--pple-43d.com');
  for (const link of await bea.log.getByRole('link').all())
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer nofollow');
  expect(await bea.page.title()).not.toMatch(/^1/);
  await expect(bea.log.locator('img, script, iframe')).toHaveCount(0);

  const wider = await bea.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);
  const column = await bea.page
    .locator('.message-column')
    .evaluate((element) => element.scrollWidth - element.clientWidth);
  expect(column).toBeLessThanOrEqual(0);
  // The row under the pile of marks and the turned line is where it would be without them.
  const time = bea.messageWith('left open').locator('time');
  await bea.messageWith('left open').hover();
  const row = await bea.messageWith('left open').boundingBox();
  expect((await time.boundingBox())?.x ?? 999).toBeLessThan((row?.x ?? 0) + 100);
});
