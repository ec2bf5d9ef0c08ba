import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { type ChannelRow, joinedChannelOf, type MembershipRow, membershipOf, type ReadRow } from './channel-rows.ts';
import { mayLookAfter, standingIn } from './channel-standing.ts';
import { forgetDrafts } from './draft-mutations.ts';
import { forgetSaved } from './keep-mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { type MemberRow, personById } from './member-rows.ts';
import { forgetDueNotices } from './push-device-mutations.ts';
import { forgetThreads } from './thread-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

export async function addPeople(
  transaction: LogTransaction,
  { author, channel, people }: MutationOf<'add-people'>,
): Result<'add-people'> {
  const { person, row, joined } = await standingIn(transaction, author, channel);
  if (!joined || person.role === 'guest' || row.direct_key !== null) throw new Refusal('not-allowed');
  if (row.archived_at !== null) throw new Refusal('channel-archived');
  const inside = await transaction.all<{ member: number }>(
    'SELECT member FROM memberships WHERE channel = ? AND member IN (SELECT value FROM json_each(?))',
    channel,
    JSON.stringify(people),
  );
  const there = new Set(inside.map(({ member }) => member));
  await requirePeople(transaction, people);
  for (const added of new Set(people)) if (!there.has(added)) await enter(transaction, added, row);
  return null;
}

export async function removePerson(
  transaction: LogTransaction,
  { author, channel, person }: MutationOf<'remove-person'>,
): Result<'remove-person'> {
  const standing = await standingIn(transaction, author, channel);
  if (!mayLookAfter(standing)) throw new Refusal('not-allowed');
  await exit(transaction, person, channel, author);
  return null;
}

export async function setOwner(
  transaction: LogTransaction,
  { author, channel, person, owner }: MutationOf<'set-owner'>,
): Result<'set-owner'> {
  const standing = await standingIn(transaction, author, channel);
  if (!mayLookAfter(standing)) throw new Refusal('not-allowed');
  const { role } = await personById(transaction, person, 'member-not-found');
  if (owner && role === 'guest') throw new Refusal('not-allowed');
  if (!owner && (await ownersBeside(transaction, channel, person)) === 0) throw new Refusal('not-allowed');
  await makeOwner(transaction, person, channel, owner, author);
  return null;
}

/** Membership takes effect in both streams at its seq: the channel's people see who came, the person's devices follow. */
export async function enter(
  transaction: LogTransaction,
  member: number,
  row: ChannelRow,
  { owner = false, others = [], closed = false }: { owner?: boolean; others?: MemberRow[]; closed?: boolean } = {},
): Promise<void> {
  const person = await personById(transaction, member);
  const { id, last_number: lastNumber } = row;
  const membership: MembershipRow & ReadRow = {
    read_number: lastNumber,
    read_generation: 0,
    mentions: 0,
    owner: owner ? 1 : 0,
    level: 'all',
    muted: 0,
    favourite: 0,
    section: null,
    closed_number: closed ? lastNumber : null,
  };
  const channel = joinedChannelOf({ ...row, ...membership }, others);
  const joinedSeq = await transaction.append(
    { table: 'members', id: member },
    { kind: 'channel-joined', channel },
    member,
  );
  await transaction.all(
    'INSERT INTO memberships (member, channel, read_number, joined_seq, owner, closed_number) VALUES (?, ?, ?, ?, ?, ?)',
    member,
    id,
    lastNumber,
    joinedSeq,
    membership.owner,
    membership.closed_number,
  );
  if (row.direct_key !== null) return; // all who are in it ever are in from its beginning
  await transaction.append(
    { table: 'channels', id },
    { kind: 'channel-member-joined', channel: id, member: person },
    member,
  );
}

/** Left or removed: announced in the channel's stream, then in the person's own, after which nothing of it comes. */
export async function exit(
  transaction: LogTransaction,
  member: number,
  channel: number,
  author: number,
): Promise<void> {
  const [left] = await transaction.all<{ owner: number }>(
    'DELETE FROM memberships WHERE member = ? AND channel = ? RETURNING owner',
    member,
    channel,
  );
  if (left === undefined) return;
  if (left.owner === 1) await succeed(transaction, channel, author);
  await forgetThreads(transaction, member, channel);
  await forgetSaved(transaction, member, channel);
  await forgetDueNotices(transaction, member, channel);
  await forgetDrafts(transaction, member, channel);
  await transaction.append(
    { table: 'channels', id: channel },
    { kind: 'channel-member-left', channel, member },
    author,
  );
  await transaction.append({ table: 'members', id: member }, { kind: 'channel-left', channel }, author);
}

/** Where the last owner goes, whoever has been there longest looks after it. */
async function succeed(transaction: LogTransaction, channel: number, author: number): Promise<void> {
  if ((await ownersBeside(transaction, channel, 0)) > 0) return;
  const [next] = await transaction.all<{ member: number }>(
    `SELECT m.member FROM memberships AS m JOIN members AS p ON p.id = m.member
     WHERE m.channel = ? AND p.role <> 'guest' ORDER BY m.joined_seq, m.member LIMIT 1`,
    channel,
  );
  if (next !== undefined) await makeOwner(transaction, next.member, channel, true, author);
}

async function makeOwner(
  transaction: LogTransaction,
  member: number,
  channel: number,
  owner: boolean,
  author: number,
): Promise<void> {
  const [row] = await transaction.all<MembershipRow>(
    'UPDATE memberships SET owner = ?1 WHERE member = ?2 AND channel = ?3 AND owner <> ?1 RETURNING *',
    owner ? 1 : 0,
    member,
    channel,
  );
  if (row === undefined) return;
  const membership = membershipOf(row);
  await transaction.append(
    { table: 'members', id: member },
    { kind: 'membership-changed', channel, membership },
    author,
  );
}

async function ownersBeside(transaction: LogTransaction, channel: number, member: number): Promise<number> {
  const [row] = await transaction.all<{ owners: number }>(
    'SELECT count(*) AS owners FROM memberships WHERE channel = ? AND owner = 1 AND member <> ?',
    channel,
    member,
  );
  return row?.owners ?? 0;
}

/** All of them, in the order of their ids. */
export async function requirePeople(transaction: LogTransaction, ids: number[]): Promise<MemberRow[]> {
  const rows = await transaction.all<MemberRow>(
    `SELECT id, name, role, avatar FROM members WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL
     AND lab = 0 ORDER BY id`,
    JSON.stringify(ids),
  );
  if (rows.length < new Set(ids).size) throw new Refusal('member-not-found');
  return rows;
}
