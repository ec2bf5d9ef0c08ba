import { join } from 'node:path';
import { openWriter } from '../../server/chat/store/sqlite/open-database.ts';
import { type BenchWorkspace, createBenchWorkspace } from '../cluster/workspace.ts';
import { createTexts } from '../history/texts.ts';

export const size = { messages: Number(process.env.BENCH_MESSAGES ?? 1_000_000), members: 5_000, channels: 300 };
const seed = 20_261;
const batch = 2_000;
const threeYearsMs = 3 * 365 * 86_400_000;

/** A workspace that has been used for three years: the messages are there, their events long pruned from the log. */
export async function createLargeWorkspace(): Promise<BenchWorkspace> {
  const workspace = await createBenchWorkspace(size.members, size.channels);
  const { channels, members } = workspace;
  const { head } = await workspace.store.range();
  const nextText = createTexts(seed);
  const writer = await openWriter({ path: join(workspace.dataDirectory, 'ronda.sqlite'), onFault: () => undefined });
  const numbers = new Map<number, number>();
  const beganAt = Date.now() - threeYearsMs;
  const message = (index: number) => {
    // The nth channel gets about one nth of what the first one does, as channels do.
    const channel = channels[Math.floor(channels.length ** (((index * 7_919) % 10_007) / 10_007)) - 1] ?? 0;
    const number = (numbers.get(channel) ?? 0) + 1;
    numbers.set(channel, number);
    // People write several messages in a row.
    const author = members[(Math.floor(index / 3) * 31) % members.length] ?? 0;
    const at = beganAt + Math.floor((index / size.messages) * threeYearsMs);
    return [head + 1 + index, channel, number, author, `m${index}`, nextText(), at];
  };
  await writer.execute('BEGIN IMMEDIATE');
  for (let from = 0; from < size.messages; from += batch) {
    const rows = Array.from({ length: Math.min(batch, size.messages - from) }, (_, index) => message(from + index));
    await writer.all(
      `INSERT INTO messages (id, channel, number, author, client_id, request_hash, text, at, replica)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, '', value ->> 5, value ->> 6, 'chat-1'
       FROM json_each(?)`,
      JSON.stringify(rows),
    );
  }
  await writer.all(
    `UPDATE channels SET last_number = counted.last
     FROM (SELECT value ->> 0 AS channel, value ->> 1 AS last FROM json_each(?)) AS counted WHERE id = counted.channel`,
    JSON.stringify([...numbers]),
  );
  await writer.all('UPDATE memberships SET read_number = (SELECT last_number FROM channels WHERE id = channel)');
  await writer.all("UPDATE sqlite_sequence SET seq = ? WHERE name = 'events'", head + size.messages);
  await writer.execute('COMMIT');
  await writer.execute('ANALYZE');
  await writer.close();
  return workspace;
}
