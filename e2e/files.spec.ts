import { createHash } from 'node:crypto';
import { AxeBuilder } from '@axe-core/playwright';
import { devices } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import type { Person } from './person.ts';
import { pngPicture } from './upload-file.ts';

type Given = { name: string; type: string; bytes: Buffer | string };

const chips = ({ page }: Person) => page.getByRole('list', { name: 'Attached files' }).getByRole('listitem');
const choose = ({ page }: Person, files: Given[]) =>
  page
    .locator('main input[type="file"]')
    .setInputFiles(files.map(({ name, type, bytes }) => ({ name, mimeType: type, buffer: Buffer.from(bytes) })));

/** As the browser does it when files come from the desktop or the clipboard. */
async function bring(person: Person, how: 'dragover' | 'drop' | 'paste', files: Given[], text = ''): Promise<void> {
  const given = files.map(({ name, type, bytes }) => ({ name, type, bytes: Buffer.from(bytes).toString('base64') }));
  await person.page.evaluate(
    ({ how, given, text }) => {
      const data = new DataTransfer();
      for (const { name, type, bytes } of given)
        data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }));
      if (text !== '') data.setData('text/plain', text);
      const about = { bubbles: true, cancelable: true };
      if (how !== 'paste')
        document.querySelector('main')?.dispatchEvent(new DragEvent(how, { ...about, dataTransfer: data }));
      else if (
        document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { ...about, clipboardData: data })) &&
        text !== ''
      )
        document.execCommand('insertText', false, text);
    },
    { how, given, text },
  );
}

/** It is drawn, and not only there. */
const drawn = (person: Person) =>
  person.log
    .locator('.picture-button img')
    .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length);

async function expectAccessible({ page }: Person): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([]);
}

test('[UX14] [UX20] several files are dropped; one is cancelled, one refused without losing the text, and the others see the rest', async ({
  guest,
}) => {
  const ana = await guest('Ana', { reducedMotion: 'reduce' });
  const bea = await guest('Bea');
  await ana.composer.fill('look at these');
  const png = await pngPicture(600, 400);
  const files: Given[] = [
    { name: 'first.png', type: 'image/png', bytes: png },
    { name: 'second.png', type: 'image/png', bytes: await pngPicture(300, 500, 1) },
    { name: 'broken.png', type: 'image/png', bytes: Buffer.concat([png.subarray(0, 60), Buffer.alloc(200)]) },
    { name: 'notes (1).txt', type: 'text/plain', bytes: 'only a few words' },
    { name: 'not this one.txt', type: 'text/plain', bytes: 'x' },
  ];
  await bring(ana, 'dragover', files);
  await expect(ana.page.getByText('Drop to attach')).toBeVisible();
  await bring(ana, 'drop', files);
  await expect(ana.page.getByText('Drop to attach')).toHaveCount(0);
  await expect(chips(ana)).toHaveCount(5);
  await ana.page.getByRole('button', { name: /(Cancel|Remove) not this one\.txt/ }).click();
  await expect(chips(ana)).toHaveCount(4);

  // More than the server takes is told before a byte of it leaves.
  let begun = 0;
  ana.page.on('request', (request) => {
    if (request.headers()['upload-length'] === '2001000000') begun += 1;
  });
  await ana.page.evaluate(() => {
    const megabyte = new Blob([new Uint8Array(1_000_000)]);
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(Array(2_001).fill(megabyte), 'everything.bin'));
    document
      .querySelector('main')
      ?.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  });
  const large = chips(ana).filter({ hasText: 'everything.bin' });
  await expect(large.getByRole('alert')).toContainText('too large');
  expect(begun).toBe(0);
  await large.getByRole('button', { name: 'Remove everything.bin' }).click();

  const broken = chips(ana).filter({ hasText: 'broken.png' });
  await expect(broken.getByRole('alert')).toContainText('accepted here');
  for (const colorScheme of ['light', 'dark'] as const) {
    await ana.page.emulateMedia({ colorScheme });
    await expectAccessible(ana);
  }
  await ana.composer.press('Enter');
  await expect(ana.composer).toHaveValue('look at these');
  await expect(broken.getByRole('button').first()).toBeFocused();
  await broken.getByRole('button', { name: 'Remove broken.png' }).click();
  await ana.composer.press('Enter');
  await ana.expectMessage('look at these');
  await expect(chips(ana)).toHaveCount(0);

  const message = bea.messageWith('look at these');
  await expect(message.getByRole('button', { name: 'first.png' })).toBeVisible();
  await expect.poll(() => drawn(bea)).toBe(2);
  const card = message.getByRole('link', { name: 'Download notes (1).txt, 16 bytes' });
  const [download] = await Promise.all([bea.page.waitForEvent('download'), card.click()]);
  expect(download.suggestedFilename()).toBe('notes (1).txt');

  // Without words, too; and nothing of it stays when it is deleted.
  await choose(bea, [{ name: 'alone.png', type: 'image/png', bytes: png }]);
  await expect(chips(bea)).toHaveCount(1);
  await bea.composer.press('Enter');
  await expect.poll(() => drawn(ana)).toBe(3);
  await ana.page.getByRole('button', { name: 'alone.png' }).focus();
  const address = (await ana.page.getByRole('img', { name: 'alone.png' }).getAttribute('src')) ?? '';
  expect((await ana.context.request.get(address)).status()).toBe(200);
  const row = bea.log.locator('[data-row]').last();
  await expect(row).toHaveAttribute('data-state', 'sent');
  await row.hover();
  await row.getByRole('button', { name: 'More' }).click();
  await bea.page.getByRole('button', { name: 'Delete' }).click();
  await bea.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(ana.page.getByRole('button', { name: 'alone.png' })).toHaveCount(0);
  await expect.poll(async () => (await ana.context.request.get(address)).status()).toBe(404);
});

test('[UX19] [UX21] a text that was copied with its picture is pasted as text, and as the picture on request; a draft keeps its files', async ({
  guest,
}) => {
  const ana = await guest('Ana');
  const picture = { name: 'image.png', type: 'image/png', bytes: await pngPicture(80, 40) };
  await ana.composer.focus();
  await bring(ana, 'paste', [picture], 'a\tb\n1\t2');
  await expect(ana.composer).toHaveValue('a\tb\n1\t2');
  await expect(chips(ana)).toHaveCount(0);
  await ana.page.getByRole('button', { name: 'Paste as a picture' }).click();
  await expect(ana.composer).toHaveValue('');
  await expect(chips(ana).getByText('image.png')).toBeVisible();
  // A picture alone is one, wherever the focus was; a file that was copied brings only its name as text.
  await ana.log.focus();
  await bring(ana, 'paste', [picture]);
  await ana.composer.focus();
  await bring(ana, 'paste', [{ ...picture, name: 'holiday.png' }], 'holiday.png');
  await expect(chips(ana)).toHaveCount(3);
  await expect(ana.composer).toHaveValue('');
  await expect(chips(ana).getByRole('progressbar')).toHaveCount(0);

  await ana.page.reload();
  await ana.expectInside();
  await expect(chips(ana)).toHaveCount(3);
  await expect(chips(ana).getByRole('progressbar')).toHaveCount(0);
  await ana.composer.press('Enter');
  await expect.poll(() => drawn(ana)).toBe(3);
  await expect(ana.log.locator('[data-row]').last()).toHaveAttribute('data-state', 'sent');
  await ana.page.reload();
  await ana.expectInside();
  await expect(chips(ana)).toHaveCount(0);
});

test('[A.1] [A.3] [UX4] pictures open over everything, by keyboard and by finger, in places that were there before them', async ({
  guest,
}) => {
  const ana = await guest('Ana', { reducedMotion: 'reduce' });
  const { viewport, userAgent, isMobile, hasTouch } = devices['Pixel 7'];
  const bea = await guest('Bea', { viewport: { ...viewport, width: 360 }, userAgent, isMobile, hasTouch });
  const files = await Promise.all(
    [1, 2, 3].map(async (one) => ({
      ...{ name: `${one}.png`, type: 'image/png' },
      bytes: await pngPicture(500 + 500 * one, 900, one),
    })),
  );
  await choose(bea, files);
  await bea.page.getByRole('button', { name: 'Send' }).tap();
  await expect.poll(() => drawn(bea)).toBe(3);
  const wider = await bea.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider).toBeLessThanOrEqual(0);

  await expect.poll(() => drawn(ana)).toBe(3);
  const first = ana.page.getByRole('button', { name: '1.png' });
  await first.focus();
  await ana.page.keyboard.press('Enter');
  const lightbox = ana.page.getByRole('dialog', { name: /^Picture:/ });
  await expect(lightbox.getByRole('img', { name: '1.png' })).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await ana.page.emulateMedia({ colorScheme });
    await expectAccessible(ana);
  }
  for (const name of ['2.png', '3.png', '3.png']) {
    await ana.page.keyboard.press('ArrowRight');
    await expect(lightbox.getByRole('img', { name })).toBeVisible();
    // All of it is in sight.
    await expect(lightbox.getByRole('img', { name })).toBeInViewport({ ratio: 1 });
  }
  await ana.page.keyboard.press('ArrowLeft');
  await expect(lightbox.getByText('2 of 3')).toBeVisible();
  await lightbox.getByRole('button', { name: 'Full size' }).press('Enter');
  await expect.poll(() => lightbox.getByRole('img').evaluate((image) => image.clientWidth)).toBe(1_500);
  await ana.page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await expect(first).toBeFocused();
  await expect(ana.page).toHaveURL(/\/$|channels/);

  await bea.page.getByRole('button', { name: '1.png' }).tap();
  const onPhone = bea.page.getByRole('dialog', { name: /^Picture:/ });
  await expect(onPhone.getByRole('img', { name: '1.png' })).toBeVisible();
  await onPhone.evaluate((dialog) => {
    const finger = { pointerType: 'touch', isPrimary: true, pointerId: 7, bubbles: true, clientY: 300 };
    dialog.dispatchEvent(new PointerEvent('pointerdown', { ...finger, clientX: 300 }));
    dialog.dispatchEvent(new PointerEvent('pointerup', { ...finger, clientX: 100 }));
  });
  await expect(onPhone.getByRole('img', { name: '2.png' })).toBeVisible();
  await bea.page.goBack();
  await expect(onPhone).toBeHidden();
  await bea.expectInside();
});

test('[F.13] the pictures of a channel follow each other, from message to message', async ({ guest }) => {
  const ana = await guest('Ana', { reducedMotion: 'reduce' });
  const bea = await guest('Bea');
  const send = async (from: Person, ...names: string[]) => {
    const files = names.map(async (name, index) => ({
      name,
      type: 'image/png',
      bytes: await pngPicture(300, 200, index),
    }));
    await choose(from, await Promise.all(files));
    await from.page.getByRole('button', { name: 'Send' }).click();
    await expect(ana.page.getByRole('button', { name: names.at(-1) ?? '', exact: true })).toBeVisible();
  };
  await send(ana, 'oldest.png');
  await ana.sendMessage('words between them');
  await send(bea, 'bea-one.png', 'bea-two.png');
  await send(ana, 'newest.png');
  await ana.page.getByRole('button', { name: 'bea-one.png' }).click();
  const lightbox = ana.page.getByRole('dialog', { name: /^Picture:/ });
  await expect(lightbox.getByText('1 of 2')).toBeVisible();
  await lightbox.getByRole('button', { name: 'Previous picture' }).click();
  await expect(lightbox.getByRole('img', { name: 'oldest.png' })).toBeVisible();
  await expect(lightbox.getByText(/^Ana · /)).toBeVisible();
  for (const name of ['bea-one.png', 'bea-two.png', 'newest.png']) {
    await ana.page.keyboard.press('ArrowRight');
    await expect(lightbox.getByRole('img', { name })).toBeVisible();
  }
  await expect(lightbox.getByRole('button', { name: 'Next picture' })).toHaveCount(0);
  await expectAccessible(ana);

  // What is posted meanwhile is there with the next look beyond the end.
  await choose(bea, [{ name: 'later.png', type: 'image/png', bytes: await pngPicture(300, 200, 3) }]);
  await bea.page.getByRole('button', { name: 'Send' }).click();
  await bea.expectMessage('words between them');
  await expect(bea.page.getByRole('button', { name: 'later.png' })).toBeVisible();
  await ana.page.keyboard.press('Escape');
  await expect(lightbox).toBeHidden();
  await ana.page.getByRole('button', { name: 'newest.png' }).click();
  await expect(lightbox.getByRole('img', { name: 'newest.png' })).toBeVisible();
  await lightbox.getByRole('button', { name: 'Next picture' }).click();
  await expect(lightbox.getByRole('img', { name: 'later.png' })).toBeVisible();
});

test('[G10.11] no uploaded file runs anything in our origin, whatever it is or is called', async ({ guest }) => {
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  const dialogs: string[] = [];
  bea.context.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const script = 'alert(document.domain);document.title="taken";localStorage.taken=1';
  const png = await pngPicture(40, 40);
  const hostile: Given[] = [
    {
      name: 'drawing.svg',
      type: 'image/svg+xml',
      bytes: `<svg xmlns="http://www.w3.org/2000/svg" onload="${script}"><script>${script}</script></svg>`,
    },
    { name: 'page.png', type: 'image/png', bytes: `<!doctype html><script>${script}</script>` },
    { name: 'both.html', type: 'text/html', bytes: Buffer.concat([png, Buffer.from(`<script>${script}</script>`)]) },
    { name: `"><img src=x onerror=${script.slice(0, 22)}>.txt`, type: 'text/plain', bytes: 'x' },
    { name: 'photo\u202egpj.exe', type: 'application/x-msdownload', bytes: 'MZ' },
    { name: '../../etc/passwd', type: 'text/plain', bytes: 'x' },
  ];
  await choose(ana, hostile);
  await expect(chips(ana)).toHaveCount(6);
  await expect(chips(ana).getByRole('progressbar')).toHaveCount(0);
  const refused = ana.page.locator('.file-chip[data-failed]');
  const left = hostile.length - (await refused.count());
  for (const button of await refused.getByRole('button', { name: /^Remove/ }).all()) await button.click();
  await ana.sendMessage('careful');
  await ana.expectMessage('careful');

  const message = bea.messageWith('careful');
  await expect(message.locator('.file-card, .picture')).toHaveCount(left);
  await expect(message).not.toContainText('\u202e');
  const addresses = await message
    .locator('a.file-card, .picture img')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? ''));
  for (const address of addresses) {
    const answer = await bea.context.request.get(address);
    expect(answer.headers()['x-content-type-options']).toBe('nosniff');
    expect(answer.headers()['content-security-policy']).toContain('sandbox');
    const page = await bea.context.newPage();
    await page.goto(address).catch(() => undefined); // most are downloads
    expect(await page.title()).not.toBe('taken');
    await page.close();
  }
  expect(dialogs).toEqual([]);
  expect(await bea.page.evaluate(() => localStorage.getItem('taken'))).toBeNull();
});

test('[G7.3] [G9.1] [UX11] [UX15] a message goes with its file where Enter was pressed, through a reload, killed replicas, a drain and a lost connection, byte for byte', async ({
  cluster,
  guest,
}) => {
  test.setTimeout(180_000);
  const ana = await guest('Ana');
  const bea = await guest('Bea');
  // So that it takes longer than all that happens to it.
  const network = await ana.context.newCDPSession(ana.page);
  await network.send('Network.enable');
  const slow = { latency: 0, downloadThroughput: -1, uploadThroughput: 300_000 };
  await network.send('Network.emulateNetworkConditions', { offline: false, ...slow });
  const bytes = Buffer.alloc(12_000_000, 'a file that is not all the same 0123456789 ');
  bytes.writeUInt32LE(20_261_125, 9_876_543);
  await choose(ana, [{ name: 'large.bin', type: 'application/octet-stream', bytes }]);
  await ana.sendMessage('here it comes');
  const mine = ana.messageWith('here it comes');
  const progress = mine.getByRole('progressbar', { name: 'Sending large.bin' });
  await expect(mine).toHaveAttribute('data-state', 'sending');
  // The message is kept with its file.
  await ana.page.reload();
  await expect(mine).toHaveAttribute('data-state', 'sending');
  const sent = () => progress.evaluate((bar) => (bar as HTMLProgressElement).value);
  const goesOn = async (replica: string, harm: (name: string) => Promise<void>) => {
    const before = await sent();
    await harm(replica);
    await expect.poll(sent, { timeout: 30_000 }).toBeGreaterThan(before);
  };
  await goesOn('chat-1', cluster.kill);
  await goesOn('chat-2', cluster.takeDown);
  await goesOn('chat-3', cluster.kill);
  await ana.context.setOffline(true);
  await ana.context.setOffline(false);
  await network.send('Network.emulateNetworkConditions', { offline: false, ...slow, uploadThroughput: -1 });
  await expect(mine).toHaveAttribute('data-state', 'sent', { timeout: 60_000 });
  const card = bea.messageWith('here it comes').getByRole('link', { name: /large\.bin/ });
  const answer = await bea.context.request.get((await card.getAttribute('href')) ?? '');
  const hashOf = (content: Buffer) => createHash('sha256').update(content).digest('hex');
  expect(hashOf(await answer.body())).toBe(hashOf(bytes));
});
