import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTicket } from '../../ticket.ts';
import { createChatClient, refusalOf } from '../testing/chat-client.ts';
import { httpCall } from '../testing/http-call.ts';
import { invite, join as joinAs, setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

test('[G10.14] the owner gets a ticket for the cluster, signed by the replica that was asked; nobody else does', async () => {
  const workspace = await createWorkspace();
  const replicas = [await startReplicaProcess(workspace, 'chat-1'), await startReplicaProcess(workspace, 'chat-2')];
  const [first] = replicas;
  if (first === undefined) throw new Error('no replica');
  const owner = await setUpWorkspace(first);
  const ask = (socketPath: string, cookie?: string) =>
    httpCall(socketPath, 'cluster.ticket', { method: 'GET', ...(cookie === undefined ? {} : { cookie }) });

  for (const { id, socketPath } of replicas) {
    const { ticket } = (await ask(socketPath, owner)).data as { ticket: string };
    const read = await readTicket(join(workspace.runDirectory, 'tickets'), ticket, 'cluster');
    expect(read).toMatchObject({ signer: id, holder: 'member 1' });
  }

  const member = await joinAs(first, await invite(first, owner), 'Grace', 'a long password');
  expect((await ask(first.socketPath, member)).refusal?.reason).toBe('not-allowed');
  expect((await ask(first.socketPath)).refusal?.reason).toBe('not-signed-in');
  const client = createChatClient({ socketPath: first.socketPath, cookie: owner });
  expect(await refusalOf(client.trpc.cluster.ticket.query())).toBe('bad-request');
  await client.close();
});
