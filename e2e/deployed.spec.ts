/** What must work on a deployment that someone else started: run with BASE_URL and COMPOSE_PROJECT_NAME. */
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { expect, test } from '@playwright/test';
import { freePort } from '../server/testing/free-port.ts';
import { selfSigned } from '../server/testing/self-signed.ts';
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

test('[G10.13] in containers, compose.tls.yaml serves the certificate that its volume keeps, and HTTP leads to it', async () => {
  const { cert, key } = await selfSigned();
  const environment = {
    PORT: new URL(url).port,
    HTTP_PORT: String(await freePort()),
    PUBLIC_URL: 'https://chat.example.org',
    // Nobody is there: what the volume keeps has to do.
    ACME_AUTHORITY: 'https://127.0.0.1:1/',
  };
  const tls = ['-f', 'compose.yaml', '-f', 'compose.tls.yaml'];
  const keep = `require('fs').writeFileSync('/certificates/certificate.json', process.argv[1])`;
  try {
    // By the image's own user, as an authority's answer would be kept.
    compose(
      environment,
      ...tls,
      'run',
      '--rm',
      '--no-deps',
      '-T',
      'balancer',
      'node',
      '-e',
      keep,
      JSON.stringify({ cert, key }),
    );
    compose(environment, ...tls, 'up', '--detach', '--no-deps', 'balancer');
    await expect.poll(() => certificateAt(Number(environment.PORT))).toBe(new X509Certificate(cert).fingerprint256);
    const led = await fetch(`http://127.0.0.1:${environment.HTTP_PORT}/x`, { redirect: 'manual' });
    expect([led.status, led.headers.get('location')]).toEqual([308, 'https://chat.example.org/x']);
  } finally {
    compose({ PORT: environment.PORT }, 'up', '--detach', '--no-deps', 'balancer');
    // It isn't in compose.yaml, so nobody else would.
    docker('volume', 'rm', '--force', `${project}_certificates`);
  }
  await expect.poll(() => fetch(`${url}/healthz`).then(({ status }) => status, String)).toBe(200);
});

/** The fingerprint, or what stands in its way. */
function certificateAt(port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false });
    socket.on('error', ({ message }) => resolve(message));
    socket.on('secureConnect', () => {
      resolve(socket.getPeerX509Certificate()?.fingerprint256 ?? 'none');
      socket.destroy();
    });
  });
}

function compose(environment: Record<string, string>, ...parameters: string[]): void {
  execFileSync('docker', ['compose', '-p', project, ...parameters], {
    env: { ...process.env, BIND: '127.0.0.1', ...environment },
    stdio: 'pipe',
  });
}

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
