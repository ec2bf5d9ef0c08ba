import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareDataDirectory } from '../data-directory.ts';
import { openLabDoor } from '../lab/lab-door.ts';
import { type Cluster, type ClusterEvent, startCluster } from './cluster.ts';
import type { Config } from './config.ts';
import { lockFolder } from './instance-lock.ts';
import { type Program, settingsRefused } from './kept-process.ts';
import { createLab } from './lab/lab.ts';
import { loadProcessOf } from './lab/load-process.ts';
import { prepareRunDirectory, removeStaleSockets } from './run-directory.ts';

/** A terminal's Ctrl-C comes twice, from the terminal and from npm; what follows later is meant. */
const sameSignalMs = 500;

/** Runs the programs until a signal or refused settings end them all, and this process with them. */
export function supervise(
  config: Config,
  programs: { balancer: Program; replicas: Program[] },
  report: (event: ClusterEvent) => void,
): Cluster {
  prepareDataDirectory(config.dataDirectory);
  prepareRunDirectory(config.runDirectory);
  const locks = [lockFolder('DATA_DIRECTORY', config.dataDirectory), lockFolder('RUN_DIRECTORY', config.runDirectory)];
  removeStaleSockets(config.runDirectory);
  writeFileSync(join(config.runDirectory, 'supervisor.pid'), String(process.pid)); // for `npm run renew`

  const cluster = startCluster(programs, report, () => void stop(settingsRefused));
  const lab = config.lab ? openLab(config, cluster, report) : undefined;
  let stoppingSince: number | undefined;

  async function stop(exitCode: number): Promise<void> {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > sameSignalMs) cluster.kill();
      return;
    }
    stoppingSince = performance.now();
    lab?.close();
    await cluster.stop();
    for (const lock of locks) lock.release();
    process.exit(exitCode);
  }

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // A new release's code, or settings, without anybody's noticing.
  process.on('SIGUSR2', () => void cluster.roll());
  process.once('disconnect', () => void stop(0)); // the launcher is gone
  return cluster;
}

function openLab(config: Config, cluster: Cluster, report: (event: ClusterEvent) => void): { close(): void } {
  const { runDirectory, dataDirectory } = config;
  const lab = createLab({
    replica: cluster.replica,
    startLoad: loadProcessOf({ port: config.port, dataDirectory }),
    report: (order) =>
      report({ kind: 'lab', order: order.kind, ...('replica' in order && { replica: order.replica }) }),
  });
  const ticketsDirectory = join(runDirectory, 'tickets');
  const door = openLabDoor({ path: join(runDirectory, 'lab.sock'), ticketsDirectory, lab });
  return {
    close() {
      door.close();
      lab.stop();
    },
  };
}
