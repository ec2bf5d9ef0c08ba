import { expect, test } from 'vitest';
import { createChatClient, refusalOf } from './testing/chat-client.ts';
import { httpCall } from './testing/http-call.ts';
import { invite, join, password, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

async function startThree() {
  const workspace = await createWorkspace();
  const [one, two] = await Promise.all([
    startReplicaProcess(workspace, 'chat-1'),
    startReplicaProcess(workspace, 'chat-2'),
  ]);
  const cookie = await setUpWorkspace(one);
  const code = await invite(one, cookie);
  const cookies = { ada: cookie, bea: await join(two, code, 'Bea', password), gil: await join(two, code, 'Gil') };
  const ada = createChatClient({ socketPath: one.socketPath, cookie });
  const bea = createChatClient({ socketPath: two.socketPath, cookie: cookies.bea });
  await Promise.all([ada.follow(), bea.follow()]);
  return { one, two, cookies, ada, bea };
}

test('[I.6] the owner alone renames the workspace, and every replica tells it once', async () => {
  const { one, cookies, ada, bea } = await startThree();
  expect(await refusalOf(bea.trpc.workspace.rename.mutate({ name: 'Mine' }))).toBe('not-allowed');
  for (const name of [' ', 'x'.repeat(61), 'a\nb'])
    expect(await refusalOf(ada.trpc.workspace.rename.mutate({ name })), name).toBe('name-invalid');
  for (let times = 0; times < 2; times += 1) await ada.trpc.workspace.rename.mutate({ name: ' Escuela ' });
  await bea.trpc.members.setStatus.mutate({ status: { emoji: '🌴', text: 'later' } });
  await bea.seen(({ kind }) => kind === 'status-set', 'what comes after it');
  expect(bea.events().filter(({ kind }) => kind === 'workspace-renamed')).toMatchObject([{ name: 'Escuela', by: 1 }]);
  expect((await bea.trpc.workspace.snapshot.query()).workspace).toEqual({ name: 'Escuela' });
  const status = await httpCall(one.socketPath, 'identity.status', { method: 'GET', cookie: cookies.ada });
  expect(status.data).toMatchObject({ workspace: 'Escuela' });
  await Promise.all([ada.close(), bea.close()]);
});

test('[I.6] the workspace is handed over with the owner’s password, to a member, once; both are what they are on every replica at once', async () => {
  const { one, two, cookies, ada, bea } = await startThree();
  const idOf = async (query: string) => (await ada.trpc.members.search.query({ query })).people[0]?.id ?? 0;
  const ids = { ada: await idOf('Ada'), bea: await idOf('Bea'), gil: await idOf('Gil') };
  const handOver = async (cookie: string, member: number, secret = password) => {
    const input = { member, password: secret };
    return (await httpCall(one.socketPath, 'identity.handOver', { method: 'POST', cookie, input })).refusal?.reason;
  };
  expect(await handOver(cookies.ada, ids.bea, 'a wrong guess')).toBe('wrong-credentials');
  expect(await handOver(cookies.ada, ids.gil)).toBe('not-allowed');
  expect(await handOver(cookies.ada, ids.ada)).toBe('not-allowed');
  expect(await handOver(cookies.ada, 99)).toBe('member-not-found');
  expect(await handOver(cookies.bea, ids.bea)).toBe('not-allowed');
  const both = await Promise.all([handOver(cookies.ada, ids.bea), handOver(cookies.ada, ids.bea)]);
  expect(both.sort()).toEqual(['not-allowed', undefined].sort());
  await bea.seen((frame) => frame.kind === 'member-changed' && frame.member.role === 'owner', 'the new owner');
  expect((await bea.trpc.workspace.snapshot.query()).me).toMatchObject({ name: 'Bea', role: 'owner' });
  expect((await ada.trpc.workspace.snapshot.query()).me).toMatchObject({ name: 'Ada', role: 'admin' });
  expect(await refusalOf(ada.trpc.workspace.rename.mutate({ name: 'Still mine' }))).toBe('not-allowed');
  expect(await refusalOf(ada.trpc.members.remove.mutate({ member: ids.bea, purge: false }))).toBe('not-allowed');
  await bea.trpc.workspace.rename.mutate({ name: 'Bea’s' });
  await bea.trpc.members.setRole.mutate({ member: ids.ada, role: 'member' });
  const { data } = await httpCall(two.socketPath, 'identity.status', { method: 'GET', cookie: cookies.ada });
  expect(data).toMatchObject({ me: { role: 'member' } });
  for (let guess = 0; guess < 9; guess += 1) await handOver(cookies.ada, ids.bea, `guess ${guess}`);
  expect(await handOver(cookies.ada, ids.bea)).toBe('too-many-attempts');
  await Promise.all([ada.close(), bea.close()]);
});
