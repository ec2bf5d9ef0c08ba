import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { programs } from '../../server/supervisor/programs.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { replicaCount } from '../schedule.ts';
import { type KeptProcess, keepProcess } from './kept-process.ts';

/** A balancer and three replicas as `npm start` runs them, on folders and a port of their own. */
export type Cluster = {
  readonly port: number;
  readonly balancer: KeptProcess;
  readonly replicas: readonly KeptProcess[];
  /** The one-time link of the workspace. */
  readonly setUpLink: string;
  /** Ends that nobody asked for. */
  readonly crashes: string[];
  /** Everyone runs and serves. */
  untilReady(): Promise<void>;
  stop(): Promise<void>;
};

export type ClusterOptions = {
  folder: string;
  dataDirectory: string;
  /** For the replicas. */
  environment: Record<string, string>;
  /** This replica puts its socket into `hiddenRunDirectory`, so that something can stand between it and the balancer. */
  hidden: string | undefined;
  log(line: string): void;
};

const patienceMs = 60_000;

export const runDirectoryOf = (folder: string) => join(folder, 'run');
export const hiddenRunDirectoryOf = (folder: string) => join(folder, 'hid');

export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { folder, dataDirectory, hidden } = options;
  const runDirectory = runDirectoryOf(folder);
  for (const name of ['replicas', 'bus']) mkdirSync(join(runDirectory, name), { recursive: true });
  if (hidden !== undefined) {
    mkdirSync(join(hiddenRunDirectoryOf(folder), 'replicas'), { recursive: true });
    symlinkSync(join(runDirectory, 'bus'), join(hiddenRunDirectoryOf(folder), 'bus'));
  }

  const port = await freePort();
  const config = {
    port,
    bind: '127.0.0.1',
    replicas: replicaCount,
    dataDirectory,
    runDirectory,
    publicUrl: undefined,
    lab: false,
  };
  const crashes: string[] = [];
  let setUpLink: string | undefined;
  const tell = (name: string) => ({
    said(line: string) {
      setUpLink ??= /"event":"set-up-needed","url":"([^"]+)"/.exec(line)?.[1];
      options.log(`${name}: ${line}`);
    },
    crashed: (why: string) => void crashes.push(why),
  });
  const { balancer, replicas } = programs(config);
  const keptBalancer = keepProcess(balancer, tell('balancer'));
  const keptReplicas = replicas.map((program) => {
    const hiding = program.name === hidden ? { RUN_DIRECTORY: hiddenRunDirectoryOf(folder) } : {};
    const environment = { ...program.environment, CALLS_PER_SECOND: '1000000', ...options.environment, ...hiding };
    return keepProcess({ ...program, environment }, tell(program.name));
  });
  const everyone = [keptBalancer, ...keptReplicas];

  async function untilReady(): Promise<void> {
    const giveUpAt = performance.now() + patienceMs;
    while (!everyone.every(({ ready }) => ready)) {
      if (performance.now() > giveUpAt)
        throw new Error(`Not ready: ${everyone.filter(({ ready }) => !ready).map(({ name }) => name)}; ${crashes}`);
      await delay(20);
    }
    while (!(await isServing(port))) await delay(20);
  }

  const stop = async () => void (await Promise.all(everyone.map((one) => one.stop())));
  try {
    await untilReady();
    while (setUpLink === undefined) await delay(20);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, balancer: keptBalancer, replicas: keptReplicas, setUpLink, crashes, untilReady, stop };
}

async function isServing(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}
