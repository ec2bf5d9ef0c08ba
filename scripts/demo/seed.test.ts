import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { expect, test } from 'vitest';
import { createChatClient } from '../../server/chat/testing/chat-client.ts';
import { cookieOf, httpCall } from '../../server/chat/testing/http-call.ts';
import { createWorkspace, startReplicaProcess } from '../../server/chat/testing/replica-process.ts';
import type { Status } from '../../shared/protocol.ts';
import { demoChannels } from './conversations.ts';
import { demoPeople } from './people.ts';
import { seedDemo } from './seed.ts';

/** It draws pictures and makes them ready, which a busy machine takes its time for. */
const timeout = 60_000;

const here = { 'x-forwarded-for': '127.0.0.1' };
const elsewhere = { 'x-forwarded-for': '203.0.113.7' };

test('[A.5] in the demo one enters as any of its people, from the same machine only, and finds what they have said', {
  timeout,
}, async () => {
  const workspace = await createWorkspace();
  await seedDemo(workspace.dataDirectory);
  const { socketPath } = await startReplicaProcess(workspace, 'chat-1', { DEMO: 'on' });
  const statusFrom = async (headers: Record<string, string>) =>
    (await httpCall(socketPath, 'identity.status', { method: 'GET', headers })).data as Status & {
      demo?: { id: number; avatar?: string }[];
    };
  const people = (await statusFrom(here)).demo ?? [];
  expect(people).toMatchObject(demoPeople.map(({ name, language }) => ({ name, language })));
  const face = async (headers: Record<string, string>) => {
    const asked = request({ socketPath, path: `/files/avatars/${people[3]?.avatar}`, headers }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  expect([await face(here), await face(elsewhere)]).toEqual([200, 401]);
  const input = { member: people[3]?.id };
  const enter = (headers: Record<string, string>) =>
    httpCall(socketPath, 'identity.enterDemo', { method: 'POST', input, headers });
  expect((await statusFrom(elsewhere)).demo).toBeUndefined();
  expect((await enter(elsewhere)).refusal?.reason).toBe('not-allowed');

  const client = createChatClient({ socketPath, cookie: cookieOf(await enter(here)) });
  const { channels } = await client.trpc.workspace.snapshot.query();
  const mine = demoChannels.filter((channel) => channel.people.includes('Nico Paz'));
  expect(channels).toHaveLength(mine.length);
  for (const { name, said, unread } of mine) {
    const channel = channels.find((one) => one.name === name);
    expect(channel).toMatchObject({ lastNumber: said.length, readNumber: said.length - (unread?.['Nico Paz'] ?? 0) });
    const { messages } = await client.trpc.messages.page.query({ channel: channel?.id ?? 0 });
    expect(messages.map(({ text }) => text)).toEqual(said.map(({ text }) => text));
    const carried = messages.map(({ attachments = [] }) => attachments.map(({ name: file }) => file));
    expect(carried).toEqual(said.map(({ carries = [] }) => carries));
  }
  const tom = await client.trpc.members.profile.query({ member: people[6]?.id ?? 0 });
  expect(tom).toMatchObject({ title: 'Backend, and on call this week', status: { text: 'On call' } });
  expect(tom.person.avatar).toBeDefined();
  await client.close();
});

test('[A.5] outside of the demo nobody enters without a password, whatever the setting says', { timeout }, async () => {
  const workspace = await createWorkspace();
  await expect(startReplicaProcess(workspace, 'chat-1', { DEMO: 'on' })).rejects.toThrow('DEMO takes data');
  const seeded = await createWorkspace();
  await seedDemo(seeded.dataDirectory);
  const { socketPath } = await startReplicaProcess(seeded, 'chat-1');
  const { refusal } = await httpCall(socketPath, 'identity.enterDemo', {
    method: 'POST',
    input: { member: 1 },
    headers: here,
  });
  expect(refusal?.reason).toBe('not-allowed');
});
