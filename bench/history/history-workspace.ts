import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWriter } from '../../server/chat/store/sqlite/open-database.ts';
import { mintClientId } from '../../shared/client-id.ts';
import {
  type BenchWorkspace,
  createBenchWorkspace,
  type Populated,
  reopenBenchWorkspace,
} from '../cluster/workspace.ts';
import { createRichTexts } from './texts.ts';

export const messages = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
export const channels = 50;
export const seed = 20_260;
const atOnce = 256;

/** The messages, indexed; `indexedPerSecond` is undefined where `BENCH_KEPT` had them from an earlier run. */
export async function createHistoryWorkspace(): Promise<{
  workspace: BenchWorkspace;
  indexedPerSecond: number | undefined;
}> {
  const kept = process.env.BENCH_KEPT && join(process.env.BENCH_KEPT, `history-${messages}`);
  if (kept && (await stat(join(kept, 'populated.json')).catch(() => undefined))) {
    const populated = JSON.parse(await readFile(join(kept, 'populated.json'), 'utf8')) as Populated;
    const workspace = await reopenBenchWorkspace(join(kept, 'ronda.sqlite'), populated);
    return { workspace, indexedPerSecond: undefined };
  }
  const workspace = await createBenchWorkspace(1, channels);
  await fill(workspace);
  const indexedPerSecond = await index(workspace);
  if (kept) await keep(workspace, kept);
  return { workspace, indexedPerSecond };
}

async function keep({ dataDirectory, members, channels: ids }: BenchWorkspace, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const path = join(dataDirectory, 'ronda.sqlite');
  const writer = await openWriter({ path, onFault: () => undefined });
  await writer.all('PRAGMA wal_checkpoint(TRUNCATE)');
  await writer.close();
  await copyFile(path, join(folder, 'ronda.sqlite'));
  await writeFile(join(folder, 'populated.json'), JSON.stringify({ members, channels: ids } satisfies Populated));
}

async function fill({ store, members, channels: ids }: BenchWorkspace): Promise<void> {
  const nextText = createRichTexts(seed);
  const [author = 0] = members;
  let written = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (written < messages) {
        written += 1;
        const channel = ids[written % ids.length] ?? 0;
        await store.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text: nextText() });
      }
    }),
  );
}

/** As a replica does it with an old folder, without the pauses that it makes for people who write. */
async function index({ store }: BenchWorkspace): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const { due, more: _, ...batch } = await store.unindexed(1_000);
    if (!due) break;
    await store.write({ kind: 'index-messages', holder: 'bench', forMs: 100, ...batch });
  }
  const perSecond = Math.round((messages * 1_000) / (performance.now() - startedAt));
  for (let begun = false, more = true; more; begun = true)
    ({ more } = await store.write({ kind: 'merge-search-index', holder: 'bench', forMs: 100, begun }));
  return perSecond;
}
