import { join } from 'node:path';
import { openSqliteStore } from '../server/chat/store/sqlite/sqlite-store.ts';
import { mintClientId } from '../shared/client-id.ts';
import type { Cluster } from './cluster.ts';

type History = { count: number; channel?: number; authors?: number[]; minutesApart?: number };

/** Messages `line 1.`, `line 2.` …, written as another replica would, then dates the messages back. Resolves to their ids. */
export async function writeHistory(cluster: Cluster, history: History): Promise<number[]> {
  const { count, channel = 1, authors = [1], minutesApart = 10 } = history;
  const path = join(cluster.dataDirectory, 'ronda.sqlite');
  const store = await openSqliteStore({ path, replica: 'chat-1', onCommit: () => undefined });
  const sent = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const author = authors[index % authors.length] ?? 1;
      const text = `line ${index + 1}.${'\nand more of it'.repeat(index % 4)}`;
      return store.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text });
    }),
  );
  await store.close();
  const minutes = `(SELECT last_number FROM channels WHERE id = ${channel}) - number`;
  cluster.onDatabase(
    `UPDATE messages SET at = at - 60000 * ${minutesApart} * (${minutes}) WHERE channel = ${channel};
     UPDATE memberships SET read_number = 100000 WHERE channel = ${channel}`,
  );
  return sent.map(({ seq }) => seq);
}
