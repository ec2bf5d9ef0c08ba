import type { Browser } from '@playwright/test';
import { moreEn } from '../client/src/language/en-more.ts';
import { moreEs } from '../client/src/language/es-more.ts';
import { createHttpClient } from '../e2e/http-client.ts';
import { startSupervised } from '../e2e/supervised.ts';

const pictures = [
  { file: 'cluster', locale: 'en-GB', theme: 'light', phrases: moreEn },
  { file: 'cluster-es', locale: 'es-ES', theme: 'dark', phrases: moreEs },
] as const;

const writeForMs = 6_000;

/** The cluster view with its lab and lesson, in the moment after a replica was killed under load. */
export async function takeClusterPictures(browser: Browser, onTaken: (path: string) => void): Promise<void> {
  for (const { file, locale, theme, phrases } of pictures) {
    const ronda = await startSupervised({ LAB: 'on' });
    const token = new URL(ronda.setUpLink).hash.slice(1);
    const setUp = { token, workspace: 'Ronda', name: 'Ada', password: 'a password for a picture' };
    const { cookie } = await createHttpClient(ronda.url, 'identity.setUp', setUp);
    const [name = '', value = ''] = cookie.split('=');
    const look = {
      locale,
      colorScheme: theme,
      reducedMotion: 'reduce',
      viewport: { width: 1440, height: 1020 },
    } as const;
    const context = await browser.newContext(look);
    await context.addCookies([{ name, value, url: ronda.url }]);
    const page = await context.newPage();
    await page.goto(`${ronda.url}/cluster`);
    const { lab, lesson, cluster } = phrases;
    const press = (label: string) => page.getByRole('button', { name: label }).click();
    await press(lesson.title);
    await press(cluster.openConnections(60));
    await press(lab.open);
    await page.getByRole('dialog').getByRole('button', { name: lab.openIt }).click();
    await page.getByRole('slider', { name: lab.load }).fill('100');
    await page.getByRole('button', { name: /^3\./ }).click();
    await page.waitForTimeout(writeForMs);
    await press(`${lab.harm.kill()}: chat-2`);
    await page.locator('g:has(> .cluster-node[data-state="down"])').getByText('0', { exact: true }).waitFor();
    await page.evaluate(() => scrollTo(0, 0));
    const path = `docs/images/${file}.png`;
    await page.screenshot({ path, animations: 'disabled' });
    onTaken(path);
    await context.close();
    await ronda.stop();
  }
}
