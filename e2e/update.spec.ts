import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { expect, test } from './fixtures.ts';
import { untilPageIsKept } from './kept.ts';

test.describe.configure({ timeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'ronda-release-'));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('[O.5] [G9.3] a new release is offered and taken once nothing is typed; a part of the old one that is gone brings it', async ({
  cluster,
  guest,
}) => {
  await build({
    configFile: 'client/vite.config.ts',
    define: { 'import.meta.env.RONDA_WIRE': '"another release"' },
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  });
  const ana = await guest('Ana', { serviceWorkers: 'allow' });
  const bea = await guest('Bea');
  const cai = await guest('Cai', { serviceWorkers: 'allow' });
  for (const { page } of [ana, cai]) await untilPageIsKept(page);
  await cai.page.goto('about:blank');
  await ana.page.clock.install();
  const before = await mainScript(ana.page);
  await ana.composer.fill('half a sentence');
  await bea.composer.fill('kept through it');

  await cluster.serve(folder);
  await ana.page.clock.fastForward('00:30');
  const offer = ana.page.getByText('There is a new version of Ronda.');
  await expect(async () => {
    await ana.page.clock.fastForward('00:30');
    await expect(offer).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  // The old page still has its own parts, which the worker has kept, and nothing takes it away from under the text.
  await ana.page.clock.fastForward('20:00');
  await ana.page.keyboard.press('Escape');
  await expect(ana.composer).toHaveValue('half a sentence');
  expect(await mainScript(ana.page)).toBe(before);
  await ana.page.getByRole('button', { name: 'Reload' }).click();
  await expect.poll(() => mainScript(ana.page).catch(() => before)).not.toBe(before);
  await expect(ana.composer).toHaveValue('half a sentence');

  // Who opens the old page, from what is kept, is offered the new one, and gets it once they are away.
  await cai.page.clock.install();
  await cai.page.goto('/');
  await expect(cai.page.getByText('There is a new version of Ronda.')).toBeVisible({ timeout: 30_000 });
  await expect(async () => {
    await cai.page.clock.fastForward('06:00').catch(() => undefined);
    expect(await mainScript(cai.page)).not.toBe(before);
  }).toPass({ timeout: 60_000 });
  await cai.expectInside();
  await expect(cai.page.getByText('There is a new version of Ronda.')).toHaveCount(0);

  // Without a service worker, as at plain HTTP: what isn't there any more is asked for, and the new page has it.
  await expect(bea.composer).toBeFocused();
  expect(await mainScript(bea.page)).toBe(before);
  await bea.page.getByRole('button', { name: 'Mentions' }).click();
  await expect.poll(() => mainScript(bea.page).catch(() => before), { timeout: 30_000 }).not.toBe(before);
  await bea.expectInside();
  await expect(bea.composer).toHaveValue('kept through it');
});

function mainScript(page: Page): Promise<string | null> {
  return page.locator('script[type="module"]').first().getAttribute('src');
}
