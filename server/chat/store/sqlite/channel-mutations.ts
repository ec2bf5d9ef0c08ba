import type { Channel, JoinedChannel } from '../../../../shared/protocol.ts';
import { foldName } from '../../../../shared/text-rules.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { type ChannelRow, channelOf } from './channel-rows.ts';
import { type LogTransaction, theWorkspace } from './log-transaction.ts';
import { personById } from './member-rows.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export async function createChannel(
  transaction: LogTransaction,
  { author, clientId, name, topic, private: isPrivate }: MutationOf<'create-channel'>,
): Result<'create-channel'> {
  const by = await personById(transaction, author);
  if (by.role === 'guest') throw new Refusal('not-allowed');
  const [again] = await transaction.all<{ id: number }>(
    'SELECT id FROM channels WHERE created_by = ? AND client_id = ?',
    author,
    clientId,
  );
  if (again !== undefined) return again;
  const folded = foldName(name);
  if (folded === '') throw new Refusal('channel-name-invalid');
  if (!isPrivate) {
    const taken = await transaction.all('SELECT 1 FROM channels WHERE folded_name = ? AND private = 0', folded);
    if (taken.length > 0) throw new Refusal('channel-name-taken');
  }
  const [row] = await transaction.all<ChannelRow>(
    `INSERT INTO channels (name, folded_name, topic, private, created_by, client_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *`,
    name,
    folded,
    topic,
    isPrivate ? 1 : 0,
    author,
    clientId,
    transaction.now,
  );
  if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
  const channel = channelOf(row);
  if (!isPrivate) await transaction.append(theWorkspace, { kind: 'channel-created', channel, by: author }, author);
  await enter(transaction, author, channel, 0);
  return { id: channel.id };
}

export async function joinChannel(
  transaction: LogTransaction,
  { member, channel }: MutationOf<'join-channel'>,
): Result<'join-channel'> {
  const [row] = await transaction.all<ChannelRow & { joined: number }>(
    `SELECT c.*, m.member IS NOT NULL AS joined FROM channels AS c
     LEFT JOIN memberships AS m ON m.channel = c.id AND m.member = ? WHERE c.id = ?`,
    member,
    channel,
  );
  if (row === undefined || (row.private === 1 && row.joined === 0)) throw new Refusal('channel-not-found');
  if (row.joined === 0) await enter(transaction, member, channelOf(row), row.last_number);
  return null;
}

export async function leaveChannel(
  transaction: LogTransaction,
  { member, channel }: MutationOf<'leave-channel'>,
): Result<'leave-channel'> {
  const left = await transaction.all(
    'DELETE FROM memberships WHERE member = ? AND channel = ? RETURNING member',
    member,
    channel,
  );
  if (left.length === 0) return null;
  await transaction.append(
    { table: 'channels', id: channel },
    { kind: 'channel-member-left', channel, member },
    member,
  );
  await transaction.append({ table: 'members', id: member }, { kind: 'channel-left', channel }, member);
  return null;
}

export async function markRead(
  transaction: LogTransaction,
  { member, channel, readNumber }: MutationOf<'mark-read'>,
): Result<'mark-read'> {
  const moved = await transaction.all<{ read_number: number }>(
    `UPDATE memberships SET read_number = min(?, (SELECT last_number FROM channels WHERE id = channel))
     WHERE member = ? AND channel = ? AND read_number < min(?, (SELECT last_number FROM channels WHERE id = channel))
     RETURNING read_number`,
    readNumber,
    member,
    channel,
    readNumber,
  );
  const [row] = moved;
  if (row === undefined) return null;
  const body = { kind: 'channel-read', channel, readNumber: row.read_number } as const;
  await transaction.append({ table: 'members', id: member }, body, member);
  return null;
}

/** Membership takes effect in both streams at its seq: the channel's people see who came, the person's devices follow. */
export async function enter(
  transaction: LogTransaction,
  member: number,
  channel: Channel,
  lastNumber: number,
): Promise<void> {
  const person = await personById(transaction, member);
  const joined: JoinedChannel = { ...channel, lastNumber, readNumber: lastNumber };
  const joinedSeq = await transaction.append(
    { table: 'members', id: member },
    { kind: 'channel-joined', channel: joined },
    member,
  );
  await transaction.all(
    'INSERT INTO memberships (member, channel, read_number, joined_seq) VALUES (?, ?, ?, ?)',
    member,
    channel.id,
    lastNumber,
    joinedSeq,
  );
  await transaction.append(
    { table: 'channels', id: channel.id },
    { kind: 'channel-member-joined', channel: channel.id, member: person },
    member,
  );
}
