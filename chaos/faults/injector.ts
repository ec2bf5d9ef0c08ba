import { setTimeout as delay } from 'node:timers/promises';
import type { Crowd } from '../clients/crowd.ts';
import type { Reader } from '../clients/reader.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { DataDisk } from '../cluster/data-disk.ts';
import type { KeptProcess } from '../cluster/kept-process.ts';
import type { SlowFsync } from '../cluster/slow-fsync.ts';
import { type Fault, replicaCount, type Share } from '../schedule.ts';

export type Injector = {
  /** Begins a fault; what lasts ends by itself. False where this machine can't have it. */
  inject(fault: Fault): boolean;
  readonly kills: number;
  /** Once nothing lasts any more. */
  settled(): Promise<void>;
};

/** Of no log here, as a restored backup would make of every cursor. */
const foreignCursor = '000000000000.7';
const restartPatienceMs = 20_000;

export function createInjector(options: {
  cluster: Cluster;
  crowd: Crowd;
  disk: DataDisk | undefined;
  fsync: SlowFsync | undefined;
}): Injector {
  const { cluster, crowd, disk, fsync } = options;
  const lasting = new Set<Promise<void>>();
  let kills = 0;
  let diskFaults = 0;
  let fsyncFaults = 0;
  let restarting = false;

  const last = (work: Promise<void>) => {
    lasting.add(work);
    void work.finally(() => lasting.delete(work));
    return true;
  };
  const replica = (number: number) => cluster.replicas[(number - 1) % replicaCount] as KeptProcess;

  async function kill(process: KeptProcess): Promise<void> {
    kills += 1;
    while (!process.signal('SIGKILL')) await delay(10); // just between two lives
  }

  async function stop(process: KeptProcess, forMs: number): Promise<void> {
    process.signal('SIGSTOP');
    await delay(forMs);
    process.signal('SIGCONT');
  }

  /** Overlapping ones end with the last. */
  async function fillDisk(full: DataDisk, forMs: number): Promise<void> {
    diskFaults += 1;
    full.fill();
    await delay(forMs);
    diskFaults -= 1;
    if (diskFaults === 0) full.free();
  }

  async function slowDown(slow: SlowFsync, byMs: number, forMs: number): Promise<void> {
    fsyncFaults += 1;
    slow.set(byMs);
    await delay(forMs);
    fsyncFaults -= 1;
    if (fsyncFaults === 0) slow.set(0);
  }

  async function restartInTurn(): Promise<void> {
    if (restarting) return;
    restarting = true;
    for (const process of cluster.replicas) {
      const { starts } = process;
      const giveUpAt = performance.now() + restartPatienceMs;
      process.signal('SIGTERM');
      while ((process.starts === starts || !process.ready) && performance.now() < giveUpAt) await delay(50);
    }
    restarting = false;
  }

  return {
    get kills() {
      return kills;
    },
    async settled() {
      while (lasting.size > 0) await Promise.all(lasting);
    },
    inject(fault) {
      switch (fault.kind) {
        case 'kill-replica':
          return last(kill(replica(fault.replica)));
        case 'kill-all-replicas':
          return last(Promise.all(cluster.replicas.map(kill)).then(() => undefined));
        case 'kill-balancer':
          return last(kill(cluster.balancer));
        case 'stop-replica':
          return last(stop(replica(fault.replica), fault.forMs));
        case 'stop-balancer':
          return last(stop(cluster.balancer, fault.forMs));
        case 'stall':
          for (const reader of pick(crowd.readers, fault.share)) reader.client.stall(fault.forMs);
          return last(delay(fault.forMs));
        case 'vanish':
          for (const reader of pick(crowd.readers, fault.share)) reader.client.vanish();
          return true;
        case 'storm':
          for (const { client } of [...crowd.readers, ...crowd.people.map(({ writer }) => writer)]) client.vanish();
          return true;
        case 'reload':
          for (const reader of pick(crowd.readers, fault.share)) reader.restart();
          return true;
        case 'foreign-cursor':
          for (const reader of pick(crowd.readers, fault.share)) reader.restart(foreignCursor);
          return true;
        case 'slow-fsync':
          return fsync !== undefined && last(slowDown(fsync, fault.byMs, fault.forMs));
        case 'disk-full':
          return disk !== undefined && last(fillDisk(disk, fault.forMs));
        case 'rolling-restart':
          return last(restartInTurn());
      }
    },
  };
}

function pick(readers: readonly Reader[], { every, from }: Share): Reader[] {
  return readers.filter((_, index) => index % every === from);
}
