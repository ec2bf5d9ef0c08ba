import { type BrowserContext, chromium, type Page } from '@playwright/test';
import config from '../../playwright.config.ts';
import { startBalancer, startReplica } from '../cluster/processes.ts';
import type { BenchWorkspace } from '../cluster/workspace.ts';

export type Viewer = { page: Page; context: BrowserContext; url: string; stop(): Promise<void> };

/** The owner's page in a real Chromium, on a balancer and three replicas. */
export async function openViewer(workspace: BenchWorkspace): Promise<Viewer> {
  const replicas = await Promise.all(['chat-1', 'chat-2', 'chat-3'].map((id) => startReplica(workspace, id)));
  const balancer = await startBalancer(workspace);
  const url = `http://127.0.0.1:${balancer.port}`;
  const browser = await chromium.launch(config.use?.launchOptions);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  const [name = '', value = ''] = (workspace.cookies[0] ?? '').split('=');
  await context.addCookies([{ name, value, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/channels/${workspace.channels[0]}`);
  await page.locator('[data-row]').last().waitFor();
  return {
    page,
    context,
    url,
    async stop() {
      await browser.close();
      await balancer.stop();
      await Promise.all(replicas.map((replica) => replica.stop()));
    },
  };
}
