import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../../shared/client-id.ts';
import { appendedBy, applyBatch } from './apply-batch.ts';
import type { Connection } from './connection.ts';
import { beginLogTransaction } from './log-transaction.ts';
import { migrate } from './migrate.ts';
import { openWriter } from './open-database.ts';
import { createWriteQueue } from './write-queue.ts';

/** A writer that can meet a broken disk: as SQLite does then, the whole transaction is rolled back on the spot. */
async function openBreakable() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-broken-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const writer = await openWriter({ path: join(directory, 'ronda.sqlite'), onFault: () => undefined });
  await migrate(writer);
  let breaksAt: string | undefined;
  const breakable: Connection = {
    ...writer,
    async all(sql, ...parameters) {
      if (breaksAt === undefined || !sql.startsWith(breaksAt)) return writer.all(sql, ...parameters);
      breaksAt = undefined;
      await writer.execute('ROLLBACK');
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
    },
  };
  const apply = async (batch: Parameters<typeof applyBatch>[1]) => {
    const transaction = beginLogTransaction(breakable, 'chat-1', Date.now());
    return { outcomes: await applyBatch(transaction, batch), appended: appendedBy(transaction, batch) };
  };
  const queue = createWriteQueue(breakable, apply, () => undefined, { keep: async () => undefined }, 'chat-1');
  onTestFinished(() => queue.close());
  const [row] = await writer.all<{ token: string }>('SELECT set_up_token AS token FROM workspace');
  const session = { secretHash: 's', expiresAt: Date.now() + 60_000 };
  const owner = { workspace: 'Aula', name: 'Ada', passwordHash: '', session };
  await queue.write({ kind: 'set-up', token: row?.token ?? '', ...owner });
  return {
    writer,
    queue,
    breakAt(sql: string) {
      breaksAt = sql;
    },
    post: (clientId = mintClientId()) =>
      queue.write({ kind: 'post-message', author: 1, channel: 1, clientId, text: 'x' }),
    idsIn: async (table: 'events' | 'messages') => {
      const where = table === 'events' ? "WHERE kind = 'message-posted'" : '';
      const rows = await writer.all<{ id: number }>(`SELECT rowid AS id FROM ${table} ${where} ORDER BY 1`);
      return rows.map(({ id }) => id);
    },
  };
}

test.each(['INSERT INTO events', 'INSERT INTO messages', 'UPDATE channels SET head', 'UPDATE memberships'])(
  '[G1.3] a disk that breaks at %s leaves no part of the batch, and what is sent again is written once',
  async (statement) => {
    const { breakAt, post, idsIn } = await openBreakable();
    await post();
    breakAt(statement);
    const clientId = mintClientId();
    await expect(post(clientId)).rejects.toMatchObject({ reason: 'storage-failed' });
    await post(clientId);
    await post();
    expect(await idsIn('messages')).toHaveLength(3);
    expect(await idsIn('events')).toEqual(await idsIn('messages'));
  },
);

test('[G1] posts that follow a refusal in their batch are written', async () => {
  const { queue, post, idsIn } = await openBreakable();
  const creation = { kind: 'create-channel', author: 1, name: 'general', topic: '', private: false } as const;
  const results = await Promise.allSettled([
    post(),
    queue.write({ ...creation, clientId: mintClientId() }),
    post(),
    queue.write({ ...creation, clientId: mintClientId() }),
    post(),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await idsIn('events')).toHaveLength(3);
  expect(await idsIn('events')).toEqual(await idsIn('messages'));
});
