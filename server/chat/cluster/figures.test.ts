import { expect, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { createChatClient, refusalOf } from '../testing/chat-client.ts';
import { invite, join, setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

test('[C.1] any replica tells the owner how every replica is and was; a member is told nothing', async () => {
  const workspace = await createWorkspace();
  const one = await startReplicaProcess(workspace, 'chat-1');
  const two = await startReplicaProcess(workspace, 'chat-2');
  const cookie = await setUpWorkspace(one);
  const writer = createChatClient({ socketPath: one.socketPath, cookie });
  const watcher = createChatClient({ socketPath: two.socketPath, cookie });
  await Promise.all([writer.follow(), watcher.follow()]);
  const { channels } = await writer.trpc.workspace.snapshot.query();
  const channel = channels[0]?.id ?? 0;
  for (let index = 0; index < 20; index += 1)
    await writer.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: `Hola ${index}` });

  const report = () => watcher.trpc.cluster.figures.query({ after: 0 });
  await expect
    .poll(async () => (await report()).map(({ id, now }) => [id, now !== undefined]))
    .toEqual([
      ['chat-1', true],
      ['chat-2', true],
    ]);
  await expect.poll(async () => (await report()).map(({ now }) => now?.lag)).toEqual([0, 0]);
  const accepted = async () => (await report())[0]?.samples.reduce((sum, { messages }) => sum + messages, 0);
  await expect.poll(accepted).toBe(20);
  const [first, second] = await report();
  expect(first?.now?.connections).toBe(1);
  expect(first?.now?.seq).toBe(second?.now?.seq);
  expect(Math.max(...(first?.samples.map(({ commitMs }) => commitMs.p99) ?? []))).toBeGreaterThan(0);
  const newest = first?.samples.at(-1)?.at ?? 0;
  expect(
    (await watcher.trpc.cluster.figures.query({ after: newest })).map(({ samples }) => samples.length)[0],
  ).toBeLessThan(first?.samples.length ?? 0);

  await one.kill('SIGKILL');
  await expect.poll(async () => (await report()).map(({ now }) => now !== undefined)).toEqual([false, true]);
  expect((await report())[0]?.samples.length).toBeGreaterThan(0);

  const grace = await join(two, await invite(two, cookie), 'Grace', 'a long password');
  const member = createChatClient({ socketPath: two.socketPath, cookie: grace });
  expect(await refusalOf(member.trpc.cluster.figures.query({ after: 0 }))).toBe('not-allowed');
  // Who is made an admin may at once, on the same connection, and no longer once they aren't.
  const { me } = await member.trpc.workspace.snapshot.query();
  await watcher.trpc.members.setRole.mutate({ member: me.id, role: 'admin' });
  expect(await member.trpc.cluster.figures.query({ after: 0 })).toHaveLength(2);
  await watcher.trpc.members.setRole.mutate({ member: me.id, role: 'member' });
  expect(await refusalOf(member.trpc.cluster.figures.query({ after: 0 }))).toBe('not-allowed');
  await Promise.all([writer.close(), watcher.close(), member.close()]);
});
