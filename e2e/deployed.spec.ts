/** What must work on a deployment that someone else started: run with BASE_URL and COMPOSE_PROJECT_NAME. */
import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { Person } from './person.ts';

const { BASE_URL: url = '', COMPOSE_PROJECT_NAME: project = '' } = process.env;

test('[G7] in containers, two people talk on different replicas, and go on when one is killed', async ({ browser }) => {
  const olga = await Person.arrive(browser, 'Olga', url);
  await olga.setUp(setUpLink(), 'Casa', 'the owner of this ronda');
  await olga.expectInside();
  await olga.page.getByRole('button', { name: 'Invite people' }).click();
  await olga.page.getByRole('checkbox', { name: 'Allow guests' }).check();
  await olga.page.getByRole('button', { name: 'Create link' }).click();
  const link = await olga.page.getByRole('textbox', { name: 'Invite link' }).inputValue();
  await olga.page.keyboard.press('Escape');

  const gil = await Person.arrive(browser, 'Gil', url);
  await gil.joinAsGuest(new URL(link).pathname.split('/').at(-1) ?? '');
  await gil.expectInside();
  expect(await gil.replica()).not.toBe(await olga.replica());
  await olga.sendMessage('hello-1');
  await gil.expectMessage('hello-1');

  const victim = containerOf((await olga.replica()).replace('-', ''));
  docker('kill', '--signal', 'KILL', victim);
  await olga.sendMessage('hello-2');
  await gil.sendMessage('hello-3');
  for (const person of [olga, gil]) {
    await person.expectMessage('hello-2');
    await person.expectMessage('hello-3');
  }
  const order = await olga.written(/hello-\d/);
  expect(order).toHaveLength(3);
  await gil.expectWritten(/hello-\d/, order);
  docker('start', victim);
  await olga.context.close();
  await gil.context.close();
});

test('[C.9] in containers, the owner kills a replica from the page, and it comes back', async ({ browser }) => {
  const olga = await Person.arrive(browser, 'Olga', url);
  await olga.signIn('the owner of this ronda');
  await olga.expectInside();
  await olga.page.goto(`${url}/cluster`);
  const row = olga.page.getByRole('row').filter({ has: olga.page.getByRole('rowheader', { name: 'chat-2' }) });
  await expect(row).toContainText('Up', { timeout: 60_000 });
  await expect(row.getByRole('button', { name: 'Kill: chat-2' })).toHaveCount(0);
  await olga.page.getByRole('button', { name: 'Open the lab' }).click();
  await olga.page.getByRole('dialog').getByRole('button', { name: 'Open it' }).click();
  const container = containerOf('chat2');
  const restarts = () => Number(docker('inspect', '--format', '{{.RestartCount}}', container));
  const before = restarts();
  await row.getByRole('button', { name: 'Kill: chat-2' }).click();
  await expect(olga.page.locator('.cluster-picture .cluster-node[data-state="down"]')).toHaveCount(1);
  await expect.poll(restarts).toBe(before + 1);
  await expect(row).toContainText('Up', { timeout: 60_000 });
  await olga.page.getByRole('button', { name: 'Close the lab' }).click();
  await expect(olga.page.getByRole('button', { name: 'Open the lab' })).toBeVisible();
});

/** As a person would: from the log of the first replica. */
function setUpLink(): string {
  const link = /"event":"set-up-needed","url":"([^"]+)"/.exec(docker('logs', containerOf('chat1')))?.[1];
  if (link === undefined) throw new Error('No replica has printed a set-up link.');
  return `${url}/setup${new URL(link).hash}`;
}

function containerOf(service: string): string {
  const labels = [`com.docker.compose.project=${project}`, `com.docker.compose.service=${service}`];
  return docker('ps', '--all', '--quiet', ...labels.flatMap((label) => ['--filter', `label=${label}`])).trim();
}

function docker(...parameters: string[]): string {
  return execFileSync('docker', parameters, { encoding: 'utf8' });
}
