import type { QueryKey } from '@tanstack/react-query';
import type { Ledger } from '../connection/stream-ledger.ts';
import { readyForFiles } from '../files/later-files.ts';
import { keptPerson, ownerOf } from '../kept-person.ts';
import type { Conversation } from '../messages/conversation.ts';
import { keptFormat, ownedBy, type Reached, reachedName, withKept } from './kept-database.ts';

/** What this device knew of somebody when it was last open: the cache and the stream at one and the same moment. */
export type KeptState = {
  log: string;
  ledger: Ledger;
  recent: readonly number[];
  cached: readonly (readonly [key: QueryKey, data: unknown])[];
};

/** A browser whose storage doesn't answer shall not keep the chat from opening. */
const patienceMs = 1_500;

export async function restoreKept(): Promise<KeptState | undefined> {
  const person = keptPerson();
  if (person === undefined) return undefined;
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs));
  return Promise.race([late, read(ownerOf(person)).catch(() => undefined)]);
}

async function read(owner: string): Promise<KeptState | undefined> {
  const items = await withKept((database) => database.getAll('items', ownedBy(owner)));
  const reached = items.find(({ name }) => name === reachedName)?.value as Reached | undefined;
  if (reached?.format !== keptFormat) return undefined;
  const { log, ledger, recent } = reached;
  const cached = items.flatMap(({ name, value }) =>
    name === reachedName ? [] : [[JSON.parse(name) as QueryKey, value] as const],
  );
  const conversations = cached.flatMap(([[kind], data]) => (kind === 'conversation' ? [data as Conversation] : []));
  await readyForFiles(conversations.flatMap(({ messages }) => messages));
  return { log, ledger, recent, cached };
}
