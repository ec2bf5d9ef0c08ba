/** `npm run screenshots`: the pictures of the README and the tour, of the demo as `npm run demo` starts it. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from '@playwright/test';
import { startBalancer, startReplica } from '../bench/cluster/processes.ts';
import config from '../playwright.config.ts';
import { takeClusterPictures } from './cluster-pictures.ts';
import type { DemoName } from './demo/people.ts';
import { seedDemo } from './demo/seed.ts';

const kilobytesLimit = 200;

type Picture = {
  file: string;
  as: DemoName;
  language: 'en' | 'es';
  theme: 'light' | 'dark';
  size: 'wide' | 'phone';
  channel: string;
  show?(page: Page): Promise<unknown>;
};

const pictures: Picture[] = [
  { file: 'conversation', as: 'Priya Raman', language: 'en', theme: 'light', size: 'wide', channel: 'releases' },
  {
    file: 'conversacion',
    as: 'Nico Paz',
    language: 'es',
    theme: 'light',
    size: 'wide',
    channel: 'sistemas-distribuidos',
  },
  {
    file: 'hilo',
    as: 'Inés Calvo',
    language: 'es',
    theme: 'dark',
    size: 'wide',
    channel: 'sistemas-distribuidos',
    async show(page) {
      await page
        .getByRole('button', { name: /respuestas/ })
        .first()
        .click();
      await page.getByRole('complementary', { name: 'Hilo' }).locator('[data-row]').last().waitFor();
    },
  },
  {
    file: 'jump-to-date',
    as: 'Tom Okafor',
    language: 'en',
    theme: 'dark',
    size: 'wide',
    channel: 'releases',
    show: (page) =>
      page
        .getByRole('button', { name: /Jump to a date/ })
        .first()
        .click(),
  },
  {
    file: 'search',
    as: 'Priya Raman',
    language: 'en',
    theme: 'light',
    size: 'wide',
    channel: 'releases',
    async show(page) {
      await page.getByRole('button', { name: 'Search messages' }).click();
      await page.getByRole('combobox', { name: 'What are you looking for?' }).fill('release');
      await page.locator('.found-list mark').first().waitFor();
      await page.locator('.message-scroller [data-row]').last().waitFor();
    },
  },
  {
    file: 'lightbox',
    as: 'Aiko Mori',
    language: 'en',
    theme: 'light',
    size: 'wide',
    channel: 'general',
    async show(page) {
      await page.getByRole('button', { name: 'cake.jpg' }).click();
      await shown(page.getByRole('dialog').getByRole('img'));
    },
  },
  {
    file: 'archivos',
    as: 'Inés Calvo',
    language: 'es',
    theme: 'dark',
    size: 'wide',
    channel: 'apuntes',
  },
  {
    file: 'person-card',
    as: 'Priya Raman',
    language: 'en',
    theme: 'light',
    size: 'wide',
    channel: 'releases',
    async show(page) {
      await page.getByRole('button', { name: 'Tom Okafor', exact: true }).last().click();
      await shown(page.getByRole('dialog').locator('.avatar img'));
    },
  },
  {
    file: 'menu',
    as: 'Sam Whitlock',
    language: 'en',
    theme: 'dark',
    size: 'phone',
    channel: 'releases',
    async show(page) {
      await page.locator('.message-scroller [data-row]').last().dispatchEvent('contextmenu');
      await page.getByRole('button', { name: 'Reply in a thread' }).waitFor();
    },
  },
  { file: 'phone', as: 'Sam Whitlock', language: 'en', theme: 'light', size: 'phone', channel: 'releases' },
  { file: 'telefono', as: 'Teo Ruiz', language: 'es', theme: 'dark', size: 'phone', channel: 'sistemas-distribuidos' },
];

const folder = mkdtempSync(join(tmpdir(), 'ronda-pictures-'));
const dataDirectory = join(folder, 'data');
await seedDemo(dataDirectory);
const folders = { dataDirectory, runDirectory: join(folder, 'run') };
process.env.DEMO = 'on';
const replicas = await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((id) => startReplica(folders, id)));
delete process.env.DEMO; // the cluster's pictures have a workspace of their own
const balancer = await startBalancer(folders);
const browser = await chromium.launch(config.use?.launchOptions);
try {
  for (const picture of pictures) await take(browser, picture);
  await takeClusterPictures(browser, checkSize);
} finally {
  await browser.close();
  await balancer.stop();
  await Promise.all(replicas.map((replica) => replica.stop()));
  rmSync(folder, { recursive: true, force: true });
}

async function take(from: Browser, { file, as, language, theme, size, channel, show }: Picture): Promise<void> {
  const context = await from.newContext({
    baseURL: `http://127.0.0.1:${balancer.port}`,
    locale: language === 'en' ? 'en-GB' : 'es-ES',
    colorScheme: theme,
    reducedMotion: 'reduce',
    viewport: size === 'wide' ? { width: 1180, height: 720 } : { width: 390, height: 780 },
    deviceScaleFactor: size === 'wide' ? 1.15 : 1.5,
  });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('button', { name: as }).click();
  await page.locator('.composer textarea').waitFor();
  if (size === 'phone') await page.locator('.drawer-button button').first().click();
  await page.getByRole('link', { name: channel }).first().click();
  // Not the rows of the channel before.
  await page.getByRole('log', { name: channel }).locator('[data-row]').last().waitFor();
  await show?.(page);
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() =>
    Promise.all([...document.images].map((image) => image.loading === 'lazy' || image.decode())),
  );
  const path = `docs/images/${file}.png`;
  await page.screenshot({ path, animations: 'disabled' });
  await context.close();
  checkSize(path);
}

/** As soon as the picture itself is, and not only its place. */
async function shown(picture: Locator): Promise<void> {
  await picture.waitFor();
  await picture.evaluate((image: HTMLImageElement) => image.decode());
}

function checkSize(path: string): void {
  const kilobytes = Math.ceil(statSync(path).size / 1_024);
  console.log(`${path}: ${kilobytes} KB`);
  if (kilobytes > kilobytesLimit) throw new Error(`${path} is larger than ${kilobytesLimit} KB.`);
}
