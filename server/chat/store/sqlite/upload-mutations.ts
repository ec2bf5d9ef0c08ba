import type { Attachment } from '../../../../shared/attachment.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { removeFile } from './file-removals.ts';
import type { LogTransaction } from './log-transaction.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Takes note of an upload before its first byte, where its member and the workspace have room for it. */
export async function beginUpload(
  transaction: LogTransaction,
  { id, member, name, bytes, limits }: MutationOf<'begin-upload'>,
): Result<'begin-upload'> {
  const [unsent] = await transaction.all<{ count: number }>(
    'SELECT count(*) AS count FROM files WHERE member = ? AND sent = 0',
    member,
  );
  if ((unsent?.count ?? 0) >= limits.unsent) throw new Refusal('too-many-uploads', { limit: limits.unsent });
  if (limits.totalBytes > 0) {
    const [kept] = await transaction.all<{ bytes: number }>(
      `SELECT (SELECT coalesce(sum(bytes), 0) FROM contents)
            + (SELECT coalesce(sum(bytes), 0) FROM files WHERE sent = 0 AND state IN ('uploading', 'received')) AS bytes`,
    );
    if ((kept?.bytes ?? 0) + bytes > limits.totalBytes) throw new Refusal('storage-full');
  }
  await transaction.all(
    `INSERT INTO files (id, member, name, bytes, state, touched_at) VALUES (?, ?, ?, ?, 'uploading', ?)`,
    ...[id, member, name, bytes, transaction.now],
  );
  return null;
}

/**
 * One at a time writes to an upload or makes a file of it, through whichever replica. A lock that ends later than one
 * could have been given is of before the clock was set back: it is void.
 */
export async function lockUpload(
  transaction: LogTransaction,
  { id, holder, forMs }: MutationOf<'lock-upload'>,
): Result<'lock-upload'> {
  const { now } = transaction;
  const [locked] = await transaction.all<{ wanted: number }>(
    `UPDATE files SET wanted = iif(holder = ?2, wanted, 0), holder = ?2, held_until = ?4, touched_at = ?3
     WHERE id = ?1 AND (holder IS NULL OR holder = ?2 OR held_until NOT BETWEEN ?3 AND ?4) RETURNING wanted`,
    ...[id, holder, now, now + forMs],
  );
  if (locked !== undefined) return { held: true, wanted: locked.wanted === 1 };
  const [known] = await transaction.all('UPDATE files SET wanted = 1 WHERE id = ? RETURNING id', id);
  if (known === undefined) throw new Refusal('attachment-missing');
  return { held: false, wanted: false };
}

export async function unlockUpload(
  transaction: LogTransaction,
  { id, holder }: MutationOf<'unlock-upload'>,
): Result<'unlock-upload'> {
  await transaction.all(
    'UPDATE files SET holder = NULL, held_until = 0, wanted = 0 WHERE id = ? AND holder = ?',
    id,
    holder,
  );
  return null;
}

/** All its bytes are there. */
export async function noteReceived(
  transaction: LogTransaction,
  { id }: MutationOf<'note-received'>,
): Result<'note-received'> {
  await transaction.all("UPDATE files SET state = 'received' WHERE id = ? AND state = 'uploading'", id);
  return null;
}

/** By whoever holds its lock. Of what is on the volume already under the same hash, the first copy is used. */
export async function finishUpload(
  transaction: LogTransaction,
  { id, holder, attachment, contents }: MutationOf<'finish-upload'>,
): Result<'finish-upload'> {
  const [file] = await transaction.all(
    "SELECT 1 FROM files WHERE id = ? AND holder = ? AND state = 'received'",
    id,
    holder,
  );
  if (file === undefined) return { finished: false, used: [] };
  const used: string[] = [];
  for (const { variant, key, sha256, bytes } of contents) {
    await transaction.all(
      'INSERT INTO contents (key, sha256, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      ...[key, sha256, bytes],
    );
    const [kept] = await transaction.all<{ key: string }>('SELECT key FROM contents WHERE sha256 = ?', sha256);
    if (kept === undefined) throw new Error('A content that was just kept is gone');
    await transaction.all('INSERT INTO file_contents (file, variant, key) VALUES (?, ?, ?)', id, variant, kept.key);
    used.push(kept.key);
  }
  await transaction.all(
    "UPDATE files SET state = 'ready', attachment = ?, touched_at = ? WHERE id = ?",
    ...[JSON.stringify(attachment satisfies Attachment), transaction.now, id],
  );
  return { finished: true, used };
}

export async function refuseUpload(
  transaction: LogTransaction,
  { id, holder, reason }: MutationOf<'refuse-upload'>,
): Result<'refuse-upload'> {
  await transaction.all(
    "UPDATE files SET state = 'refused', refusal = ?, touched_at = ? WHERE id = ? AND holder = ? AND state = 'received'",
    ...[reason, transaction.now, id, holder],
  );
  return null;
}

/** By its member, as long as no message has carried it. */
export async function cancelUpload(
  transaction: LogTransaction,
  { id, member }: MutationOf<'cancel-upload'>,
): Result<'cancel-upload'> {
  const [file] = await transaction.all('SELECT 1 FROM files WHERE id = ? AND member = ? AND sent = 0', id, member);
  if (file !== undefined) await removeFile(transaction, id);
  return null;
}

/** What nobody has gone on with, and what nobody has sent; a batch. */
export async function expireFiles(
  transaction: LogTransaction,
  { unfinishedBefore, unsentBefore, limit }: MutationOf<'expire-files'>,
): Result<'expire-files'> {
  const expired = await transaction.all<{ id: string }>(
    `SELECT id FROM files WHERE sent = 0 AND held_until < ?1
     AND touched_at < iif(state IN ('uploading', 'received'), ?2, ?3) LIMIT ?4`,
    ...[transaction.now, unfinishedBefore, unsentBefore, limit],
  );
  for (const { id } of expired) await removeFile(transaction, id);
  return { expired: expired.length };
}

/** They are gone from the volume. */
export async function forgetContents(
  transaction: LogTransaction,
  { keys }: MutationOf<'forget-contents'>,
): Result<'forget-contents'> {
  await transaction.all(
    'DELETE FROM doomed_contents WHERE key IN (SELECT value FROM json_each(?))',
    JSON.stringify(keys),
  );
  return null;
}
