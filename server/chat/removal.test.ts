import { expect, test } from 'vitest';
import { createChatClient, refusalOf } from './testing/chat-client.ts';
import { httpCall } from './testing/http-call.ts';
import { invite, join, password, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

test('[G6.9] whoever is put out, guest or member, finds the invite that they came by revoked at every replica; the others stay', async () => {
  const workspace = await createWorkspace();
  const [one, two] = await Promise.all([
    startReplicaProcess(workspace, 'chat-1'),
    startReplicaProcess(workspace, 'chat-2'),
  ]);
  const cookie = await setUpWorkspace(one);
  const owner = createChatClient({ socketPath: one.socketPath, cookie });
  const joinAgain = (code: string, name: string, secret?: string) =>
    httpCall(two.socketPath, 'identity.join', { method: 'POST', input: { code, name, password: secret } });
  const idOf = async (query: string) => (await owner.trpc.members.search.query({ query })).people[0]?.id ?? 0;

  const [shared, untouched] = [await invite(one, cookie), await invite(one, cookie)];
  await join(one, shared, 'Gil');
  const staying = await join(two, shared, 'Bea', password);
  await join(one, untouched, 'Cai', password);
  const gil = await idOf('Gil');
  expect(await owner.trpc.members.invitesEnding.query({ member: gil })).toEqual({ links: 1, others: 1, known: true });
  const bea = createChatClient({ socketPath: two.socketPath, cookie: staying });
  expect(await refusalOf(bea.trpc.members.invitesEnding.query({ member: gil }))).toBe('not-allowed');
  await owner.trpc.members.remove.mutate({ member: gil, purge: false });
  expect((await joinAgain(shared, 'Gil')).refusal?.reason).toBe('invite-revoked');
  expect((await joinAgain(shared, 'Gil again', password)).refusal?.reason).toBe('invite-revoked');
  expect((await bea.trpc.workspace.snapshot.query()).me.name).toBe('Bea');

  const cai = await idOf('Cai');
  await owner.trpc.members.setRole.mutate({ member: cai, role: 'admin' });
  await owner.trpc.members.remove.mutate({ member: cai, purge: false });
  expect((await joinAgain(untouched, 'Cai', password)).refusal?.reason).toBe('invite-revoked');
  expect(await owner.trpc.invites.list.query()).toEqual([]);
  // What had ended before is nothing to warn of.
  expect(await owner.trpc.members.invitesEnding.query({ member: await idOf('Bea') })).toMatchObject({ links: 0 });
  await Promise.all([owner.close(), bea.close()]);
});
