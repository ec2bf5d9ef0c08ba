import { Attachment } from '../../../../shared/attachment.ts';
import type { PicturesPage } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { PicturesQuery } from '../store.ts';
import type { Connection } from './connection.ts';

/** Messages that one question looks through, at most. */
const span = 2_000;

type Row = { id: number; author: string; at: number; attachment: string | null };

/** A channel's pictures before or after a message, the nearest message first, for whoever may read them now. */
export async function readPictures(reader: Connection, member: number, query: PicturesQuery): Promise<PicturesPage> {
  const { channel, from, older, limit } = query;
  const joined = await reader.all('SELECT 1 FROM memberships WHERE member = ? AND channel = ?', member, channel);
  if (joined.length === 0) throw new Refusal('channel-not-found');
  const [beyond, order, farthest] = older ? ['<', 'DESC', 'min'] : ['>', 'ASC', 'max'];
  // Where there may be more behind them, the last of the messages comes in any case: from there the next question goes on.
  const rows = await reader.all<Row>(
    `WITH near AS MATERIALIZED (
       SELECT id, author, at, number > 0 AND deleted_by IS NULL AS here FROM messages
       WHERE channel = ? AND id ${beyond} ? ORDER BY id ${order} LIMIT ${span}
     )
     SELECT n.id, p.name AS author, n.at, f.attachment FROM near AS n JOIN members AS p ON p.id = n.author
     LEFT JOIN attachments AS a ON a.message = n.id AND n.here
     LEFT JOIN files AS f ON f.id = a.file AND f.attachment ->> '$.kind' = 'picture'
     WHERE f.id IS NOT NULL OR n.id = (SELECT ${farthest}(id) FROM near HAVING count(*) = ${span})
     ORDER BY n.id ${order}, a.position`,
    ...[channel, from],
  );
  const pictures: PicturesPage['pictures'] = [];
  for (const [message, ofMessage] of Map.groupBy(rows, ({ id }) => id)) {
    for (const { author, at, attachment } of ofMessage)
      if (attachment !== null)
        pictures.push({ message, author, at, picture: Attachment.parse(JSON.parse(attachment)) });
    // A message's pictures stay together.
    if (pictures.length >= limit || ofMessage.every(({ attachment }) => attachment === null))
      return { pictures, next: message };
  }
  return { pictures };
}
