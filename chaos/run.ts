import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './checker.ts';
import { type Crowd, gatherCrowd } from './clients/crowd.ts';
import { foundWorkspace } from './clients/found-workspace.ts';
import { startCluster } from './cluster/cluster.ts';
import { mountDataDisk } from './cluster/data-disk.ts';
import { mountsArePrivate } from './cluster/private-mounts.ts';
import { buildSlowFsync } from './cluster/slow-fsync.ts';
import { causeFaults } from './faults/cause-faults.ts';
import { createInjector } from './faults/injector.ts';
import { settle } from './faults/settle.ts';
import type { Options } from './options.ts';
import { createRandom } from './random.ts';
import { readLog } from './read-log.ts';
import { createStreamNames } from './records/stream-names.ts';
import { type Report, summarize } from './report.ts';
import { placeSaboteur } from './sabotage/place-saboteur.ts';

const catchUpPatienceMs = 20_000;
/** Typing may wait in buffers while its replica, the balancer or the observer is stopped, for up to 4 s each. */
const typingGraceMs = 15_000;
/** A lost change of presence is mended by what every replica says anew each 10 s. */
const presenceGraceMs = 12_000;

/** One planted fault may be undone by a kill right after it; of so many, some stay. */
const enoughPlanted = 5;

/** One run: a cluster, people, faults until enough were killed, and the verdict on what everyone was told. */
export async function run(options: Options, tell: (text: string) => void): Promise<Report> {
  const { seed, kills, minutes, inFlight, logs } = options;
  const startedAt = performance.now();
  const folder = mkdtempSync(join(tmpdir(), 'ronda-chaos-'));
  const dataDirectory = join(folder, 'data');
  mkdirSync(dataDirectory);
  const disk = mountsArePrivate() ? mountDataDisk(dataDirectory) : undefined;
  const removeFolder = () => {
    disk?.unmount();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', removeFolder); // a signal ends the run where it stands
  const fsync = buildSlowFsync(folder);
  const skipped = [...(disk ? [] : ['disk-full']), ...(fsync ? [] : ['slow-fsync'])];
  for (const kind of skipped) tell(`skipped: ${kind}, which this machine or user can't have`);

  const saboteur = placeSaboteur(options.sabotage, folder);
  const cluster = await startCluster({
    ...{ folder, dataDirectory },
    environment: fsync?.environment ?? {},
    hidden: saboteur?.replica,
    log: (line) => void (logs !== undefined && appendFileSync(logs, `${line}\n`)),
  });
  let crowd: Crowd | undefined;
  try {
    const workspace = await foundWorkspace(cluster.port, cluster.setUpLink, createRandom(seed));
    saboteur?.begin();
    const names = createStreamNames();
    crowd = gatherCrowd({ port: cluster.port, workspace, names, seed, inFlight });
    const injector = createInjector({ cluster, crowd, disk, fsync });
    const faults = await causeFaults({
      ...{ seed, kills, minutes, injector, crowd, tell },
      planted: () => saboteur === undefined || saboteur.times >= enoughPlanted,
    });
    const { staying, endedAt } = await settle({
      ...{ cluster, crowd, tell },
      patienceMs: catchUpPatienceMs,
      presenceGraceMs: saboteur ? 0 : presenceGraceMs,
    });
    // Sabotage is of the durable stream: then nobody waits until presence has settled.
    const observers = saboteur ? [] : staying.flatMap(({ readers }) => readers.map(({ observed }) => observed));
    const connections = crowd.connections.map((span) => ({ ...span }));
    crowd.close();
    await cluster.stop();

    tell('Checking …');
    const verdict = check({
      log: readLog(join(dataDirectory, 'ronda.sqlite'), names),
      acknowledgements: crowd.people.map(({ writer }) => writer.acknowledgements),
      readers: crowd.readers.map(({ record }) => record),
      turnedAway: crowd.people.flatMap(({ writer }) => writer.turnedAway),
      ephemeral: { observers, connections, said: crowd.said, endedAt, typingGraceMs, presenceGraceMs },
    });
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const { crashes } = cluster;
    return summarize({ options, crowd, verdict, kills: injector.kills, faults, skipped, crashes, seconds, saboteur });
  } finally {
    crowd?.close();
    await cluster.stop();
    saboteur?.stop();
    process.off('exit', removeFolder);
    removeFolder();
  }
}
