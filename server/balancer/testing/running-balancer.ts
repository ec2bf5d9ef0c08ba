import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { createLogger } from '../../logger.ts';
import { type Balancer, type BalancerOptions, createBalancer } from '../balancer.ts';
import { stateOf } from '../replica.ts';
import type { ReplicaState } from '../replica-health.ts';
import type { Timings } from '../timings.ts';

export type RunningBalancer = Balancer & { port: number; directory: string; replicasDirectory: string; log: string[] };

const openThings: (() => Promise<void> | void)[] = [];

/** What a test starts ends with it, last first. */
export function closeAfterTest(close: () => Promise<void> | void): void {
  openThings.push(close);
}

afterEach(async () => {
  for (const close of openThings.splice(0).reverse()) await close();
});

/** A folder of its own in which `files` are already there. */
export async function temporaryDirectory(files: Record<string, string | Buffer> = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-'));
  closeAfterTest(() => rm(directory, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory, name)), { recursive: true });
    await writeFile(join(directory, name), content);
  }
  return directory;
}

/** On a port of its own, with checks fast enough for a test. */
export async function startBalancer(
  timings: Partial<Timings> = {},
  files: Record<string, string | Buffer> = {},
  publicUrl?: string,
  more: Pick<BalancerOptions, 'policy' | 'replicaAddresses' | 'metricsToken' | 'tls' | 'httpPort' | 'clients'> = {},
): Promise<RunningBalancer> {
  const directory = await temporaryDirectory({ 'replicas/.keep': '', ...files });
  const replicasDirectory = join(directory, 'replicas');
  const log: string[] = [];
  const balancer = await createBalancer({
    port: 0,
    bind: '127.0.0.1',
    replicasDirectory,
    assetsDirectory: join(directory, 'client'),
    ticketsDirectory: join(directory, 'tickets'),
    labs: { supervisor: join(directory, 'lab.sock'), replicas: join(directory, 'labs') },
    publicUrl,
    ...more,
    log: createLogger('balancer', (line) => log.push(line)),
    timings: { checkIntervalMs: 100, rescanIntervalMs: 100, firstCheckIntervalMs: 20, stopMs: 500, ...timings },
  });
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await balancer.close();
  };
  closeAfterTest(close);
  return { ...balancer, close, port: Number(new URL(balancer.url).port), directory, replicasDirectory, log };
}

export async function untilState(balancer: Balancer, id: string, ...states: ReplicaState[]): Promise<void> {
  await until(() => {
    const replica = balancer.replicas.find(id);
    return replica !== undefined && states.includes(stateOf(replica));
  });
}

export async function until(condition: () => boolean, limitMs = 5_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ${limitMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
