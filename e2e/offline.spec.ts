import type { BrowserContextOptions, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const keeping: BrowserContextOptions = { serviceWorkers: 'allow' };

test('[O.1] the page is an app that can be installed, and opens without a network', async ({ cluster, guest }) => {
  const ana = await guest('Ana', keeping);
  await untilKept(ana.page);
  const paths = await keptPaths(ana.page);
  expect(paths).toContain('/');
  expect(paths).toContainEqual(expect.stringMatching(/^\/assets\/en-/));
  expect(paths.filter((path) => /^\/assets\/es-|^\/(trpc|files|cluster)/.test(path))).toEqual([]);

  const devtools = await ana.context.newCDPSession(ana.page);
  const { errors } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  await expect(ana.page.locator('link[rel="manifest"]')).toHaveAttribute('href', '/en.webmanifest');

  await cluster.takeDown('balancer');
  await ana.page.goto('/channels/1');
  await expect(ana.page.locator('#root > *').first()).toBeVisible();
});

/** The worker has installed and answers for this page. */
async function untilKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller === null)
      await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
  await expect.poll(async () => (await keptPaths(page)).some((path) => path.startsWith('/assets/en-'))).toBe(true);
}

async function keptPaths(page: Page): Promise<string[]> {
  const urls = await page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => url);
  });
  return urls.map((url) => new URL(url).pathname);
}
