import { randomInt } from 'node:crypto';
import { foldName } from '../../../../shared/text-rules.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { enter, exit } from './channel-people.ts';
import { type ChannelRow, channelOf } from './channel-rows.ts';
import { mayLookAfter, standingIn } from './channel-standing.ts';
import { type LogTransaction, theWorkspace } from './log-transaction.ts';
import { personById } from './member-rows.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** Below are public ones, counted up; private ones are drawn from above, so that their ids tell nothing. */
const privateIdsFrom = 2 ** 40;
const idsTo = 2 ** 48;

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
  if (!isPrivate) await requireFreeName(transaction, name);
  const row = await insertChannel(transaction, { author, clientId, name, topic, isPrivate, directKey: null });
  const channel = channelOf(row);
  if (!isPrivate) await transaction.append(theWorkspace, { kind: 'channel-created', channel, by: author }, author);
  await enter(transaction, author, row, { owner: true });
  return { id: channel.id };
}

export async function insertChannel(
  transaction: LogTransaction,
  channel: {
    author: number;
    clientId: string;
    name: string;
    topic: string;
    isPrivate: boolean;
    directKey: string | null;
  },
): Promise<ChannelRow> {
  const folded = foldName(channel.name);
  if (folded === '' && channel.directKey === null) throw new Refusal('channel-name-invalid');
  const [row] = await transaction.all<ChannelRow>(
    `INSERT INTO channels (id, name, folded_name, topic, private, created_by, client_id, created_at, direct_key)
     VALUES (coalesce(?, (SELECT coalesce(max(id), 0) + 1 FROM channels WHERE id < ${privateIdsFrom})),
             ?, ?, ?, ?, ?, ?, ?, ?) RETURNING *`,
    channel.isPrivate ? randomInt(privateIdsFrom, idsTo - 1) : null,
    channel.name,
    folded,
    channel.topic,
    channel.isPrivate ? 1 : 0,
    channel.author,
    channel.clientId,
    transaction.now,
    channel.directKey,
  );
  if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
  return row;
}

/** What it is about is for everyone in it to say; its name and its end for those who look after it. */
export async function changeChannel(
  transaction: LogTransaction,
  { author, channel, name, topic, description, archived }: MutationOf<'change-channel'>,
): Result<'change-channel'> {
  const standing = await standingIn(transaction, author, channel);
  const { row } = standing;
  const needsOwner = name !== undefined || archived !== undefined;
  if (row.direct_key !== null || standing.person.role === 'guest') throw new Refusal('not-allowed');
  if (needsOwner ? !mayLookAfter(standing) : !standing.joined) throw new Refusal('not-allowed');
  if (row.archived_at !== null && archived !== false) {
    if (archived) return null;
    throw new Refusal('channel-archived');
  }
  if (archived && (await isDefault(transaction, channel))) throw new Refusal('default-channel');
  const next = {
    name: name ?? row.name,
    topic: topic ?? row.topic,
    description: description ?? row.description,
    archived_at: archived === undefined ? row.archived_at : archived ? transaction.now : null,
  };
  const same = (Object.keys(next) as (keyof typeof next)[]).every((key) => next[key] === row[key]);
  if (same) return null;
  const folded = foldName(next.name);
  if (folded === '') throw new Refusal('channel-name-invalid');
  if (row.private === 0) await requireFreeName(transaction, next.name, channel);
  await transaction.all(
    'UPDATE channels SET name = ?, folded_name = ?, topic = ?, description = ?, archived_at = ? WHERE id = ?',
    next.name,
    folded,
    next.topic,
    next.description,
    next.archived_at,
    channel,
  );
  const stream = row.private === 0 ? theWorkspace : ({ table: 'channels', id: channel } as const);
  const changed = channelOf({ ...row, ...next });
  await transaction.append(stream, { kind: 'channel-changed', channel: changed, by: author }, author);
  return null;
}

export async function joinChannel(
  transaction: LogTransaction,
  { member, channel }: MutationOf<'join-channel'>,
): Result<'join-channel'> {
  const { row, joined } = await standingIn(transaction, member, channel);
  if (!joined) await enter(transaction, member, row);
  return null;
}

export async function leaveChannel(
  transaction: LogTransaction,
  { member, channel }: MutationOf<'leave-channel'>,
): Result<'leave-channel'> {
  const [direct] = await transaction.all(
    'SELECT 1 FROM channels WHERE id = ? AND direct_key IS NOT NULL AND EXISTS (SELECT 1 FROM memberships WHERE member = ? AND channel = id)',
    channel,
    member,
  );
  if (direct !== undefined) throw new Refusal('not-allowed');
  await exit(transaction, member, channel, member);
  return null;
}

async function requireFreeName(transaction: LogTransaction, name: string, except = 0): Promise<void> {
  const taken = await transaction.all(
    'SELECT 1 FROM channels WHERE folded_name = ? AND private = 0 AND id <> ?',
    foldName(name),
    except,
  );
  if (taken.length > 0) throw new Refusal('channel-name-taken');
}

async function isDefault(transaction: LogTransaction, channel: number): Promise<boolean> {
  const found = await transaction.all('SELECT 1 FROM workspace WHERE default_channel = ?', channel);
  return found.length > 0;
}
