import { mintClientId } from '../shared/client-id.ts';
import { expect, test } from './fixtures.ts';
import { movementDuring, nextFrames } from './frames.ts';
import { createHttpClient } from './http-client.ts';
import { writeHistory } from './long-history.ts';
import type { Person } from './person.ts';

const scroller = ({ page }: Person) => page.locator('.message-scroller');
const distances = (person: Person) =>
  scroller(person).evaluate(({ scrollTop, scrollHeight, clientHeight }) => ({
    above: scrollTop,
    below: Math.round(scrollHeight - scrollTop - clientHeight),
  }));
const scrollBy = (person: Person, pixels: number) =>
  scroller(person).evaluate((element, by) => element.scrollBy(0, by), pixels);
const rows = (person: Person) => person.log.locator('[data-row]');

test('[V.1] [UX1] [UX6] [UX7] [UX8] [UX9] new messages are followed within 100 px of the end and counted above; the end stays while the composer grows, and sending goes there', async ({
  cluster,
  guest,
}) => {
  await writeHistory(cluster, { count: 60 });
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.expectMessage('line 60.');
  const atEnd = () => expect.poll(async () => (await distances(ana)).below).toBe(0);
  await atEnd();

  await ana.composer.fill('a\nb\nc\nd\ne\nf');
  await atEnd();
  await ana.composer.fill('');
  await scrollBy(ana, -90);
  await bea.sendMessage('near the end');
  await ana.expectMessage('near the end');
  await atEnd();

  await scrollBy(ana, -400);
  await bea.sendMessage('first unseen');
  const pill = (name: string | RegExp) => ana.page.getByRole('button', { name });
  await expect(pill('1 new message')).toBeVisible();
  const moved = await movementDuring(
    ana,
    () => bea.sendMessage('second unseen'),
    () => expect(pill('2 new messages')).toBeVisible(),
  );
  expect(moved).toBeLessThanOrEqual(1);
  await pill('2 new messages').click();
  await atEnd();
  await expect(pill(/new message/)).toHaveCount(0);

  await scrollBy(ana, -1_500);
  await expect(pill('Go to the newest message')).toBeVisible();
  await ana.sendMessage('mine');
  await ana.expectMessage('mine');
  await atEnd();
});

test('[V.1] [UX2] [UX3] the first visible row moves by at most 1 px in any frame: on prepend, while pictures load, on arrival, while the composer grows', async ({
  cluster,
  guest,
}) => {
  await writeHistory(cluster, { count: 300 });
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  await ana.expectMessage('line 300.');
  const firstLoaded = () => rows(ana).first().getAttribute('data-message-id');

  // Held back, so that the page comes while nothing else happens.
  const before = await firstLoaded();
  await ana.context.setOffline(true);
  await scroller(ana).evaluate((element) => element.scrollTo(0, 300));
  await nextFrames(ana, 3);
  const onPrepend = await movementDuring(
    ana,
    () => ana.context.setOffline(false),
    () => expect.poll(firstLoaded).not.toBe(before),
  );

  const answer: (() => void)[] = [];
  await ana.page.route('**/late.svg*', async (route) => {
    await new Promise<void>((resolve) => answer.push(resolve));
    await route.fulfill({
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="180"/>',
    });
  });
  const pictures = () =>
    ana.page.evaluate(() => {
      const edge = document.querySelector('.message-scroller')?.getBoundingClientRect().top ?? 0;
      const texts = [...document.querySelectorAll('[data-row] .message-text')];
      const first = texts.findIndex((text) => text.getBoundingClientRect().bottom > edge);
      for (const offset of [-6, -4, -2, -1, 2, 3]) {
        const picture = document.createElement('img');
        picture.className = 'late';
        picture.src = `/late.svg?${offset}`;
        texts[first + offset]?.append(picture);
      }
    });
  const loaded = () => ana.page.evaluate(() => [...document.images].filter((image) => image.naturalHeight > 0).length);
  const whilePicturesLoad = await movementDuring(
    ana,
    async () => {
      await pictures();
      await expect.poll(() => answer.length).toBe(6);
      for (const release of answer) {
        release();
        await nextFrames(ana, 2);
      }
    },
    () => expect.poll(loaded).toBe(6),
  );

  const onArrival = await movementDuring(
    ana,
    () => bea.sendMessage('while you read'),
    () => expect(ana.page.getByRole('button', { name: '1 new message' })).toBeVisible(),
  );
  const composerHeight = () => ana.composer.evaluate((element) => element.clientHeight);
  const low = await composerHeight();
  const whileComposerGrows = await movementDuring(
    ana,
    () => ana.composer.fill('a\nb\nc\nd\ne\nf'),
    () => expect.poll(composerHeight).toBeGreaterThan(low),
  );
  const steady = (moved: number) => moved <= 1;
  const moved = { onPrepend, whilePicturesLoad, onArrival, whileComposerGrows };
  expect(Object.entries(moved).filter(([, pixels]) => !steady(pixels))).toEqual([]);
});

test('[V.2] [UX5] [UX25] history is endless in both directions in a bounded page, and the pinned day leads to any date', async ({
  cluster,
  guest,
}) => {
  const count = 900;
  await writeHistory(cluster, { count });
  const ana = await guest('Ana');
  await ana.expectMessage(`line ${count}.`);
  const reachedFrom = (top: number) => ana.page.evaluate(walk, { top, count });
  const up = await reachedFrom(0);
  await expect(ana.page.getByRole('heading', { name: '#general: this is where it begins' })).toBeAttached();
  const down = await reachedFrom(1e9);
  for (const { seen, gaps, mostRows } of [up, down]) {
    expect({ seen, gaps }).toEqual({ seen: count, gaps: 0 });
    expect(mostRows).toBeLessThanOrEqual(320);
  }

  await ana.page
    .getByRole('button', { name: /Jump to a date/ })
    .last()
    .click();
  await ana.page.getByRole('button', { name: 'A week ago' }).click();
  // A message every ten minutes: that day's first is between six and seven days before the last.
  await expect(ana.messageWith('line 1.')).toHaveCount(1);
  await ana.page.getByRole('button', { name: 'Go to the newest message' }).click();
  await ana.expectMessage(`line ${count}.`);
});

test('[V.4] [UX10] a permalink shows its message in the middle, marked, with both sides to read on; what isn’t there is said in the reader’s language', async ({
  cluster,
  newcomer,
  invite,
  owner,
}) => {
  const ids = await writeHistory(cluster, { count: 400 });
  const secret = { clientId: mintClientId(), name: 'secret', topic: '', private: true };
  const { id: hidden } = await owner.ask<{ id: number }>('channels.create', secret);
  const ana = await newcomer('Ana', { locale: 'es-ES' });
  const { cookie } = await createHttpClient(cluster.url, 'identity.join', { code: await invite(), name: 'Ana' });
  await ana.use(cookie, cluster.url);
  const { page } = ana;
  await page.goto(`/c/1/m/${ids[149]}`);
  const message = rows(ana).and(page.locator('[data-target]'));
  await expect(message).toContainText('line 150.');
  const { offset, height } = await message.evaluate((row) => {
    const list = document.querySelector('.message-scroller')?.getBoundingClientRect() ?? new DOMRect();
    const box = row.getBoundingClientRect();
    return { offset: Math.abs(box.top + box.height / 2 - list.top - list.height / 2), height: list.height };
  });
  expect(offset).toBeLessThan(height / 10);
  await expect(ana.messageWith('line 130.')).toHaveCount(1);
  await expect(ana.messageWith('line 170.')).toHaveCount(1);

  await page.getByRole('button', { name: 'Ir al último mensaje' }).click();
  await expect(ana.messageWith('line 400.')).toBeInViewport();
  await expect(page).toHaveURL(/\/channels\/1$/);

  await page.goto('/c/1/m/999999');
  await expect(page.getByRole('heading', { name: 'Este mensaje no está aquí' })).toBeVisible();
  await page.getByRole('button', { name: 'Ir al último mensaje' }).click();
  await expect(ana.messageWith('line 400.')).toBeVisible();
  await page.goto(`/c/${hidden}/m/1`);
  await expect(page.getByRole('heading', { name: 'No puedes ver este canal' })).toBeVisible();
});

/** In the page: keeps scrolling to one end until the first or the last line is there, looking at every frame. */
async function walk({ top, count }: { top: number; count: number }) {
  const scroller = document.querySelector('.message-scroller') as HTMLElement;
  const seen = new Set<number>();
  let [gaps, mostRows] = [0, 0];
  const look = () => {
    const rows = [...scroller.querySelectorAll('[data-row]')];
    const numbers = rows.map((row) => Number(/line (\d+)\./.exec(row.textContent ?? '')?.[1]));
    const [first = 0] = numbers;
    if (numbers.some((number, index) => number !== first + index)) gaps += 1;
    for (const number of numbers) seen.add(number);
    mostRows = Math.max(mostRows, numbers.length);
    return top === 0 ? first === 1 : numbers.at(-1) === count;
  };
  while (!look()) {
    scroller.scrollTo(0, top);
    await new Promise(requestAnimationFrame);
  }
  return { seen: seen.size, gaps, mostRows };
}

test('[V.5] a channel opens at its end with what fits the screen; the rest is drawn above it, and nothing moves meanwhile', async ({
  cluster,
  guest,
}) => {
  await writeHistory(cluster, { count: 120 });
  const ana = await guest('Ana');
  const { page } = ana;
  await page.addInitScript(() => {
    const seen = { rows: [] as number[], shifted: 0 };
    new MutationObserver(() => {
      const count = document.querySelectorAll('.message-scroller [data-row]').length;
      if (count > 0 && count !== seen.rows.at(-1)) seen.rows.push(count);
    }).observe(document, { childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { sources: { node: Node | null }[] })[])
        seen.shifted += entry.sources.filter(({ node }) => node?.parentElement?.closest('.message-scroller')).length;
    }).observe({ type: 'layout-shift', buffered: true });
    Object.assign(globalThis, { seen });
  });
  for (const opened of ['once', 'again, with what was kept']) {
    await page.reload();
    await expect(rows(ana)).toHaveCount(50);
    const seen = await page.evaluate(() => Reflect.get(globalThis, 'seen') as { rows: number[]; shifted: number });
    expect(seen.rows[0], opened).toBeLessThan(30);
    expect(seen.shifted, opened).toBe(0);
    expect((await distances(ana)).below, opened).toBe(0);
  }
});
