import type { Person, Role } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { MutationOf, Mutations } from '../mutations.ts';
import { createChannel } from './channel-mutations.ts';
import { enter } from './channel-people.ts';
import type { ChannelRow } from './channel-rows.ts';
import { spendInvite } from './invite-mutations.ts';
import { type LogTransaction, theWorkspace } from './log-transaction.ts';
import { freeName } from './member-names.ts';
import { insertSession } from './session-mutations.ts';

type Result<K extends keyof Mutations> = Promise<Mutations[K]['result']>;

/** The same word in Spanish and English. */
const defaultChannelName = 'general';

export async function setUp(
  transaction: LogTransaction,
  { token, workspace, name, passwordHash, session }: MutationOf<'set-up'>,
): Result<'set-up'> {
  const [row] = await transaction.all<{ set_up_token: string | null }>('SELECT set_up_token FROM workspace');
  if (row === undefined || row.set_up_token === null) throw new Refusal('already-set-up');
  if (row.set_up_token !== token) throw new Refusal('set-up-link-wrong');
  await transaction.all('UPDATE workspace SET name = ?, set_up_token = NULL', workspace);
  const owner = await insertMember(transaction, name, 'owner', passwordHash);
  const channel = await createChannel(transaction, {
    kind: 'create-channel',
    author: owner.id,
    clientId: defaultChannelName.padEnd(22, '-'),
    name: defaultChannelName,
    topic: '',
    private: false,
  });
  await transaction.all('UPDATE workspace SET default_channel = ?', channel.id);
  await insertSession(transaction, owner.id, session);
  return { member: owner.id };
}

export async function joinWorkspace(
  transaction: LogTransaction,
  { code, name, passwordHash, session }: MutationOf<'join-workspace'>,
): Result<'join-workspace'> {
  const role = passwordHash === null ? 'guest' : 'member';
  const invite = await spendInvite(transaction, code, role);
  const member = await insertMember(transaction, name, role, passwordHash);
  await transaction.all('UPDATE members SET invite = ? WHERE id = ?', invite, member.id);
  const [channel] = await transaction.all<ChannelRow>(
    'SELECT c.* FROM workspace AS w JOIN channels AS c ON c.id = w.default_channel',
  );
  if (channel !== undefined) await enter(transaction, member.id, channel);
  await insertSession(transaction, member.id, session);
  return { member: member.id, role };
}

async function insertMember(
  transaction: LogTransaction,
  name: string,
  role: Role,
  passwordHash: string | null,
): Promise<Person> {
  const folded = await freeName(transaction, name);
  const [row] = await transaction.all<{ id: number }>(
    'INSERT INTO members (name, folded_name, role, password_hash, created_at) VALUES (?, ?, ?, ?, ?) RETURNING id',
    name,
    folded,
    role,
    passwordHash,
    transaction.now,
  );
  if (row === undefined) throw new Error('INSERT … RETURNING gave no row');
  const person: Person = { id: row.id, name, role };
  await transaction.append(theWorkspace, { kind: 'member-joined', member: person }, person.id);
  return person;
}
