import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openReader } from '../../server/chat/store/sqlite/open-database.ts';
import { type ServerProcess, startBalancer, startReplica } from '../cluster/processes.ts';
import { createBenchWorkspace } from '../cluster/workspace.ts';
import { round } from '../figures.ts';
import { forgetPeak, peakKilobytes, residentKilobytes } from '../sockets/process-usage.ts';
import { createSource, download, finished, partBytes, upload, useABit } from './uploader.ts';

const gigabyte = 1_024;
const ids = ['chat-1', 'chat-2', 'chat-3'];

type Line = { bench: string; case: string } & Record<string, number | boolean | string>;

/** Uploads through the balancer: what they take of memory, and whether faults in between lose anything. */
export async function* benchUpload(only?: string): AsyncGenerator<Line> {
  if (only === undefined || only === 'gigabyte') yield { bench: 'upload', case: 'gigabyte', ...(await oneGigabyte()) };
  if (only === undefined || only === 'faults') yield { bench: 'upload', case: 'faults', ...(await withFaults()) };
  if (only === undefined || only === 'hundred') yield { bench: 'upload', case: 'hundred', ...(await hundredAtOnce()) };
}

/** All parts through one replica: what its memory, and the balancer's, rises above that of replicas that are in use. */
async function oneGigabyte() {
  return withCluster(1, ['chat-1'], async ({ doors, replicas, balancer }) => {
    const [door = noDoor] = doors;
    await useABit(door);
    const rise = await riseDuring([...replicas.values(), balancer], async () => {
      const startedAt = performance.now();
      const source = createSource(gigabyte);
      const { id } = await upload(door, source);
      const seconds = (performance.now() - startedAt) / 1_000;
      await finished(door, id);
      const identical = (await download(door, id)) === source.sha256();
      return { megabytesPerSecond: round(gigabyte / seconds), identical };
    });
    const [replicaMegabytes = 0, balancerMegabytes = 0] = rise.megabytes;
    return { replicaMegabytes, balancerMegabytes, ...rise.result };
  });
}

/** Two replicas are killed and one is drained, each with a part in hand, while a gigabyte goes up. */
async function withFaults() {
  return withCluster(1, ids, async ({ doors, replicas, restart, dataDirectory }) => {
    const [door = noDoor] = doors;
    const source = createSource(gigabyte);
    const uploading = upload(door, source);
    const restarting: Promise<void>[] = [];
    let partsCut = 0;
    for (const [share, signal] of [
      [0.2, 'SIGKILL'],
      [0.4, 'SIGTERM'],
      [0.6, 'SIGKILL'],
    ] as const) {
      const { name, path } = await whoHasAPart(dataDirectory, share * source.bytes);
      const child = replicas.get(name)?.child;
      child?.kill(signal);
      restarting.push(restart(name));
      if (signal === 'SIGTERM') continue;
      // Until its lock is over nobody goes on.
      while (child?.exitCode === null && child.signalCode === null) await delay(5);
      if ((await stat(path)).size % partBytes !== 0) partsCut += 1;
    }
    const { id, repeats } = await uploading;
    await Promise.all(restarting);
    await finished(door, id);
    return { identical: (await download(door, id)) === source.sha256(), partsCut, partsRepeated: repeats };
  });
}

/** The replica that writes to the only upload once so many bytes, and about half of a part more, are on the disk. */
async function whoHasAPart(dataDirectory: string, bytes: number): Promise<{ name: string; path: string }> {
  const folder = join(dataDirectory, 'uploads');
  const reader = await openReader({ path: join(dataDirectory, 'ronda.sqlite'), onFault: () => undefined });
  for (;;) {
    await delay(1);
    const [id] = await readdir(folder).catch(() => []);
    if (id === undefined) continue;
    const path = join(folder, id);
    const { size } = await stat(path);
    const inPart = (size % partBytes) / partBytes;
    if (size < bytes || inPart < 0.2 || inPart > 0.7) continue;
    const [row] = await reader.all<{ holder: string | null }>('SELECT holder FROM files WHERE id = ?', id);
    const [name] = row?.holder?.split(':') ?? [];
    if (name === undefined) continue;
    await reader.close();
    return { name, path };
  }
}

/** A hundred files of 10 MB by ten people, all at once. */
async function hundredAtOnce() {
  return withCluster(10, ids, async ({ doors, replicas, balancer }) => {
    const [door = noDoor] = doors;
    await useABit(door);
    const rise = await riseDuring([...replicas.values(), balancer], async () => {
      const startedAt = performance.now();
      const sources = Array.from({ length: 100 }, () => createSource(10));
      const whole = await Promise.all(
        sources.map(async (source, index) => {
          const own = doors[index % doors.length] ?? noDoor;
          const { id } = await upload(own, source);
          await finished(own, id);
          return (await download(own, id)) === source.sha256();
        }),
      );
      const seconds = (performance.now() - startedAt) / 1_000;
      return { identical: whole.every(Boolean), seconds: round(seconds) };
    });
    return { replicaMegabytes: Math.max(...rise.megabytes.slice(0, -1)), ...rise.result };
  });
}

const noDoor = { port: 0, cookie: '' };

async function riseDuring<T>(processes: ServerProcess[], work: () => Promise<T>) {
  const before = processes.map(({ pid }) => {
    forgetPeak(pid);
    return residentKilobytes(pid);
  });
  const result = await work();
  const megabytes = processes.map(({ pid }, index) => round((peakKilobytes(pid) - (before[index] ?? 0)) / 1_024));
  return { megabytes, result };
}

type Cluster = {
  doors: { port: number; cookie: string }[];
  replicas: Map<string, ServerProcess>;
  balancer: ServerProcess;
  dataDirectory: string;
  /** Once the one before has ended. */
  restart(id: string): Promise<void>;
};

async function withCluster<T>(people: number, names: string[], work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const workspace = await createBenchWorkspace(people, 1);
  const replicas = new Map<string, ServerProcess>();
  for (const id of names) replicas.set(id, await startReplica(workspace, id));
  const balancer = await startBalancer(workspace);
  await delay(1_500);
  try {
    return await work({
      doors: workspace.cookies.map((cookie) => ({ port: balancer.port, cookie })),
      replicas,
      balancer,
      dataDirectory: workspace.dataDirectory,
      async restart(id) {
        const child = replicas.get(id)?.child;
        while (child?.exitCode === null && child.signalCode === null) await delay(20);
        replicas.set(id, await startReplica(workspace, id));
      },
    });
  } finally {
    await balancer.stop();
    for (const replica of replicas.values()) await replica.stop();
    await workspace.remove();
  }
}
