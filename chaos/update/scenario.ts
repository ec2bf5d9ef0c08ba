import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { check } from '../checker.ts';
import { type Crowd, gatherCrowd } from '../clients/crowd.ts';
import { foundWorkspace } from '../clients/found-workspace.ts';
import { catchUp } from '../faults/settle.ts';
import { createRandom } from '../random.ts';
import { readLog } from '../read-log.ts';
import { createStreamNames } from '../records/stream-names.ts';
import type { Deployment, Ended } from './deployment.ts';
import type { UpdateReport } from './report.ts';
import { summarize } from './report.ts';

const seed = 7;
const catchUpPatienceMs = 20_000;
const calmMs = 3_000;

/** People write; meanwhile one update that works, one that doesn't, a backup; then the backup is restored. */
export async function playUpdate(
  deployment: Deployment,
  { folder, port }: { folder: string; port: number },
  tell: (text: string) => void,
): Promise<UpdateReport> {
  const names = createStreamNames();
  let crowd: Crowd | undefined;
  try {
    tell('Building three versions …');
    deployment.build('1');
    deployment.build('2');
    deployment.buildBroken('3', '2');
    deployment.up('1');
    const { lines } = await deployment.ronda('link');
    const workspace = await foundWorkspace(port, lines[0]?.text ?? '', createRandom(seed));
    crowd = gatherCrowd({ port, workspace, names, seed, inFlight: 2 });
    const startedAt = performance.now();
    const step = async (what: string, ...parameters: string[]): Promise<Ended> => {
      tell(`${what} …`);
      const ended = await deployment.ronda(...parameters);
      for (const { text } of ended.lines) tell(`  ${text}`);
      await delay(calmMs);
      return ended;
    };

    await delay(calmMs);
    const update = await step('Updating from 1 to 2', 'update', '2');
    const rollback = await step('Updating from 2 to 3, which never serves', 'update', '3');
    const acknowledgedBeforeBackup = crowd.acknowledged();
    const file = join(folder, 'backup.tar');
    const backup = await step('Backing up', 'backup', file);
    await crowd.finish();
    const seconds = (performance.now() - startedAt) / 1_000;
    await catchUp([...crowd.people], catchUpPatienceMs);
    crowd.close();
    const restore = await step('Restoring', 'restore', file);
    deployment.down();

    const kept = restore.lines.map(({ text }) => /before-restore-\w+/.exec(text)?.[0]).find((name) => name) ?? '';
    const restored = readLog(join(deployment.dataDirectory, 'ronda.sqlite'), names);
    const verdict = check({
      log: readLog(join(deployment.dataDirectory, kept, 'ronda.sqlite'), names),
      acknowledgements: crowd.people.map(({ writer }) => writer.acknowledgements),
      readers: crowd.readers.map(({ record }) => record),
      turnedAway: crowd.people.flatMap(({ writer }) => writer.turnedAway),
      ephemeral: { observers: [], connections: [], said: [], endedAt: 0, typingGraceMs: 0, presenceGraceMs: 0 },
    });
    return summarize({
      ...{ crowd, verdict, seconds, update, rollback, backup, restore, acknowledgedBeforeBackup },
      restored: restored.clientIds.filter((id) => id !== '').length,
    });
  } finally {
    crowd?.close();
    deployment.down();
  }
}
