import { mintClientId } from '../../../shared/client-id.ts';
import { createChatClient } from './chat-client.ts';
import { cookieOf, httpCall } from './http-call.ts';
import type { ReplicaProcess } from './replica-process.ts';

export const password = 'correct horse';

/** Sets the workspace up through the one-time link that a replica printed; returns the owner's cookie. */
export async function setUpWorkspace({ socketPath, lines }: ReplicaProcess): Promise<string> {
  const { url } = lines.find(({ event }) => event === 'set-up-needed') as { url: string };
  const token = new URL(url).hash.slice(1);
  const input = { token, workspace: 'Aula', name: 'Ada', password };
  return cookieOf(await httpCall(socketPath, 'identity.setUp', { method: 'POST', input }));
}

/** An invite that the owner makes; returns its code. */
export async function invite(
  { socketPath }: ReplicaProcess,
  owner: string,
  { guests = true, maximumUses = 1_000 } = {},
): Promise<string> {
  const client = createChatClient({ socketPath, cookie: owner });
  const { code } = await client.trpc.invites.create.mutate({
    clientId: mintClientId(),
    guests,
    maximumUses,
    validForDays: 7,
  });
  await client.close();
  return code;
}

/** Joins as a guest, or with `withPassword` as a member; returns the cookie. */
export async function join(
  { socketPath }: ReplicaProcess,
  code: string,
  name: string,
  withPassword?: string,
): Promise<string> {
  const input = { code, name, password: withPassword };
  const answer = await httpCall(socketPath, 'identity.join', { method: 'POST', input });
  if (answer.refusal !== undefined) throw new Error(answer.refusal.reason);
  return cookieOf(answer);
}
