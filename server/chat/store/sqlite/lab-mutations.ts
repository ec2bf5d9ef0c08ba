import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { insertChannel } from './channel-mutations.ts';
import { enter, exit } from './channel-people.ts';
import type { LogTransaction } from './log-transaction.ts';
import { personById } from './member-rows.ts';
import { refreshSearch } from './search-index.ts';
import { insertSession } from './session-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Only virtual members are in it, whom nobody is told of; there is one lab at a time. */
export async function openLab(
  transaction: LogTransaction,
  { author, clientId, until, sessions }: MutationOf<'open-lab'>,
): Result<'open-lab'> {
  const { role } = await personById(transaction, author);
  if (role !== 'owner') throw new Refusal('not-allowed');
  // Its sessions' secrets went out with the first answer, and are on no disk: there is nothing to repeat it with.
  const again = await transaction.all(
    'SELECT 1 FROM channels WHERE created_by = ? AND client_id = ?',
    author,
    clientId,
  );
  if (again.length > 0) throw new Refusal('client-id-reused');
  const others = await transaction.all<{ id: number }>('SELECT id FROM channels WHERE lab_until IS NOT NULL');
  for (const { id } of others) await endLab(transaction, id, author);
  await transaction.prepareToAllot();
  const [log] = await transaction.all<{ head: number }>(
    "SELECT seq AS head FROM sqlite_sequence WHERE name = 'events'",
  );
  const lab = { author, clientId, name: 'lab', topic: '', isPrivate: true, directKey: null };
  const row = await insertChannel(transaction, lab);
  await transaction.all('UPDATE channels SET lab_until = ?, lab_from = ? WHERE id = ?', until, log?.head ?? 0, row.id);
  const members: number[] = [];
  for (const [index, session] of sessions.entries()) {
    const member = await virtualMember(transaction, index + 1);
    await enter(transaction, member, row);
    await insertSession(transaction, member, session);
    members.push(member);
  }
  return { channel: row.id, members };
}

export async function closeLab(
  transaction: LogTransaction,
  { author, channel }: MutationOf<'close-lab'>,
): Result<'close-lab'> {
  const { role } = await personById(transaction, author);
  if (role !== 'owner') throw new Refusal('not-allowed');
  const labs = await transaction.all('SELECT 1 FROM channels WHERE id = ? AND lab_until IS NOT NULL', channel);
  if (labs.length > 0) await endLab(transaction, channel, author);
  return null;
}

/** One batch of what a lab that is over has left, and in the end the channel itself. */
export async function disposeOfLabs(
  transaction: LogTransaction,
  { limit }: MutationOf<'dispose-of-labs'>,
): Result<'dispose-of-labs'> {
  const [lab] = await transaction.all<{ id: number; created_by: number; lab_from: number }>(
    'SELECT id, created_by, lab_from FROM channels WHERE lab_until <= ? ORDER BY id LIMIT 1',
    transaction.now,
  );
  if (lab === undefined) return { more: false };
  await endLab(transaction, lab.id, lab.created_by);
  // What the search hasn't come to yet waits for it: it would put in what is gone.
  const messages = await transaction.all<{ id: number }>(
    'SELECT id FROM messages WHERE channel = ? AND id <= (SELECT message FROM search_progress) ORDER BY id LIMIT ?',
    lab.id,
    limit,
  );
  const ids = JSON.stringify(messages.map(({ id }) => id));
  await transaction.all("UPDATE messages SET text = '' WHERE id IN (SELECT value FROM json_each(?))", ids);
  for (const { id } of messages) await refreshSearch(transaction, id);
  await transaction.all('DELETE FROM events WHERE seq IN (SELECT value FROM json_each(?))', ids);
  await transaction.all('DELETE FROM messages WHERE id IN (SELECT value FROM json_each(?))', ids);
  const left = await transaction.all('SELECT 1 FROM messages WHERE channel = ? LIMIT 1', lab.id);
  if (left.length > 0) return { more: messages.length > 0 };
  // A lab lasts minutes: what was logged since is looked through once.
  await transaction.all('DELETE FROM events WHERE seq > ? AND stream = ?', lab.lab_from, `channel:${lab.id}`);
  await transaction.all('DELETE FROM channels WHERE id = ?', lab.id);
  return { more: true };
}

/** Its members are out at once, on every replica; what they wrote goes later. */
async function endLab(transaction: LogTransaction, channel: number, author: number): Promise<void> {
  await transaction.all('UPDATE channels SET lab_until = min(lab_until, ?) WHERE id = ?', transaction.now, channel);
  const members = await transaction.all<{ member: number }>(
    'SELECT member FROM memberships WHERE channel = ?',
    channel,
  );
  for (const { member } of members) {
    await exit(transaction, member, channel, author);
    await transaction.all('UPDATE members SET removed_at = ? WHERE id = ? AND lab = 1', transaction.now, member);
    const sessions = await transaction.all<{ id: number }>(
      'DELETE FROM sessions WHERE member = ? RETURNING id',
      member,
    );
    for (const { id } of sessions)
      await transaction.append({ table: 'members', id: member }, { kind: 'session-ended', session: id }, author);
  }
}

/** The same few again and again. Nobody's name begins with a space: theirs is in nobody's way. */
async function virtualMember(transaction: LogTransaction, number: number): Promise<number> {
  const name = `Lab ${number}`;
  const [row] = await transaction.all<{ id: number }>(
    `INSERT INTO members (name, folded_name, role, created_at, lab) VALUES (?, ?, 'guest', ?, 1)
     ON CONFLICT (folded_name) DO UPDATE SET removed_at = NULL RETURNING id`,
    name,
    ` ${name}`,
    transaction.now,
  );
  if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
  return row.id;
}
