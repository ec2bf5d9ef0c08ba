/** Draws the icons of the installed app from the mark: `node scripts/icons.ts`, after it has changed. */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const mark = readFileSync('client/public/favicon.svg', 'utf8');
const paper = '#f6f2ea';

/** A system may cut a maskable icon down to a circle of four fifths of it; Apple rounds the corners of its own. */
const icons = [
  { file: 'icon-192.png', size: 192, share: 0.92, background: 'transparent' },
  { file: 'icon-512.png', size: 512, share: 0.92, background: 'transparent' },
  { file: 'icon-maskable-512.png', size: 512, share: 0.58, background: paper },
  { file: 'apple-touch-icon.png', size: 180, share: 0.74, background: paper },
];

const executablePath = process.env.CHROMIUM_PATH;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: ['--no-sandbox', '--disable-gpu'],
});
for (const { file, size, share, background } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body { margin: 0; height: 100vh; display: grid; place-items: center; background: ${background} }
    svg { width: ${share * 100}%; height: ${share * 100}% }</style>${mark}`,
  );
  await page.screenshot({ path: `client/public/${file}`, omitBackground: true });
  await page.close();
}
await browser.close();
