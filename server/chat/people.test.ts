import { expect, test } from 'vitest';
import type { Ephemeral } from '../../shared/protocol.ts';
import { createChatClient, refusalOf } from './testing/chat-client.ts';
import { cookieOf, httpCall } from './testing/http-call.ts';
import { invite, join, password, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

async function startTwo() {
  const workspace = await createWorkspace();
  const [one, two] = await Promise.all([
    startReplicaProcess(workspace, 'chat-1'),
    startReplicaProcess(workspace, 'chat-2'),
  ]);
  const owner = await setUpWorkspace(one);
  const bea = await join(two, await invite(one, owner), 'Bea', password);
  return { one, two, owner, bea };
}

const enter = async (socketPath: string, name: string, secret = password) =>
  httpCall(socketPath, 'identity.signIn', { method: 'POST', input: { name, password: secret } });

test('[I.1] a new name is heard on every replica at once, also of who is typing', async () => {
  const { one, two, owner, bea } = await startTwo();
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const client = createChatClient({ socketPath: two.socketPath, cookie: bea });
  await Promise.all([ada.follow(), client.follow()]);
  ada.listen();
  const { channels, me } = await client.trpc.workspace.snapshot.query();
  for (const name of ['Bea\u202eatrix', 'B'.repeat(41), 'e\u0301'.repeat(5_000), ' ', 'B\nea'])
    expect(await refusalOf(client.trpc.members.changeProfile.mutate({ name })), name).toBe('name-invalid');
  expect(await refusalOf(client.trpc.members.changeProfile.mutate({ name: 'ＡＤＡ' }))).toBe('name-taken');
  expect(await refusalOf(client.trpc.members.changeProfile.mutate({ title: 'x'.repeat(61) }))).toBe('profile-invalid');
  expect(await refusalOf(client.trpc.members.changeProfile.mutate({ about: 'e\u0301'.repeat(5_000) }))).toBe(
    'profile-invalid',
  );
  expect(await refusalOf(client.trpc.members.changeProfile.mutate({ timeZone: '../etc' }))).toBe('bad-request');
  await client.trpc.members.changeProfile.mutate({ name: ' Beatriz ', timeZone: 'America/Lima' });
  await ada.seen((frame) => frame.kind === 'member-changed' && frame.member.name === 'Beatriz', 'the new name');
  await client.seen((frame) => frame.kind === 'member-changed', 'one’s own new name');
  await client.trpc.channels.typing.mutate({ channel: channels[0]?.id ?? 0 });
  await expect
    .poll(() => ada.ephemerals.flatMap((told) => (told.kind === 'typing' ? [told.name] : [])))
    .toEqual(['Beatriz']);
  expect(await ada.trpc.members.profile.query({ member: me.id })).toMatchObject({ timeZone: 'America/Lima' });
  expect((await enter(one.socketPath, 'beatriz')).refusal).toBeUndefined();
  const status = { emoji: '🌴', text: 'On holiday', until: Date.now() + 60_000 };
  for (const bad of [
    { ...status, emoji: 'x' },
    { ...status, text: 'x'.repeat(81) },
    { ...status, until: 5 },
  ])
    expect(await refusalOf(client.trpc.members.setStatus.mutate({ status: bad }))).toBe('profile-invalid');
  await client.trpc.members.setStatus.mutate({ status });
  await ada.seen((frame) => frame.kind === 'status-set' && frame.status?.text === 'On holiday', 'the status');
  await Promise.all([ada.close(), client.close()]);
});

test('[G6.4] [I.3] ending one’s other sessions closes their sockets with 4001 on every replica, and they learn why', async () => {
  const { one, two, owner, bea } = await startTwo();
  const other = cookieOf(await enter(one.socketPath, 'Bea'));
  const clients = [one, two].map(({ socketPath }) => createChatClient({ socketPath, cookie: other }));
  const kept = createChatClient({ socketPath: two.socketPath, cookie: bea });
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  await Promise.all([...clients, kept, ada].map((client) => client.follow()));
  expect(await kept.trpc.identity.sessions.query()).toHaveLength(2);
  await kept.trpc.identity.endSessions.mutate({});
  for (const client of clients) await expect.poll(() => client.closeCodes).toContain(4001);
  expect(kept.closeCodes).toEqual([]);
  expect(ada.closeCodes).toEqual([]);
  expect(await kept.trpc.identity.sessions.query()).toMatchObject([{ current: true }]);
  const { data } = await httpCall(one.socketPath, 'identity.status', { method: 'GET', cookie: other });
  expect(data).toMatchObject({ state: 'signed-out', ended: { member: 2 } });
  await Promise.all([...clients, kept, ada].map((client) => client.close()));
});

test('[I.4] [G10.6] a new password needs the current one, guesses are counted, and other devices are out', async () => {
  const { one, two, bea } = await startTwo();
  const other = cookieOf(await enter(one.socketPath, 'Bea'));
  const client = createChatClient({ socketPath: two.socketPath, cookie: other });
  await client.follow();
  const change = (current: string, next: string, cookie: string | undefined = bea) =>
    httpCall(one.socketPath, 'identity.changePassword', {
      method: 'POST',
      cookie,
      input: { current, password: next, endOthers: true },
    });
  expect((await change(password, 'short')).refusal?.reason).toBe('password-too-short');
  expect((await change('a wrong guess', 'another horse')).refusal?.reason).toBe('wrong-credentials');
  expect((await change(password, 'another horse')).refusal).toBeUndefined();
  await expect.poll(() => client.closeCodes).toContain(4001);
  expect((await enter(two.socketPath, 'Bea')).refusal?.reason).toBe('wrong-credentials');
  expect((await enter(two.socketPath, 'Bea', 'another horse')).refusal).toBeUndefined();
  expect((await change(password, 'third horse', 'ronda=nobody')).refusal?.reason).toBe('not-signed-in');
  for (let guess = 0; guess < 7; guess += 1) await change(`guess ${guess}`, 'third horse');
  expect((await change('another horse', 'third horse')).refusal?.reason).toBe('too-many-attempts');
  const guest = await join(one, await invite(one, cookieOf(await enter(one.socketPath, 'Ada'))), 'Gil');
  expect((await change('', 'a password at last', guest)).refusal?.reason).toBe('wrong-credentials');
  await client.close();
});

test('[P.3] [P.4] away is who touches none of their devices, over all replicas; last seen is when the last one went', async () => {
  const { one, two, owner, bea } = await startTwo();
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  await ada.follow();
  ada.listen();
  const [desk, phone] = [one, two].map(({ socketPath }) => createChatClient({ socketPath, cookie: bea }));
  if (desk === undefined || phone === undefined) throw new Error('no devices');
  await Promise.all([desk.follow(), phone.follow()]);
  const stateOfBea = () => ada.ephemerals.reduce(stateAfter, 'offline');
  await expect.poll(stateOfBea).toBe('online');
  await desk.trpc.members.setAway.mutate({ away: true });
  await desk.trpc.members.setAway.mutate({ away: true });
  await phone.trpc.members.setAway.mutate({ away: true });
  await expect.poll(stateOfBea).toBe('away');
  const late = createChatClient({ socketPath: two.socketPath, cookie: owner });
  await late.follow();
  late.listen();
  await expect.poll(() => late.ephemerals.reduce(stateAfter, 'offline')).toBe('away');
  await phone.trpc.members.setAway.mutate({ away: false });
  await expect.poll(stateOfBea).toBe('online');
  await phone.close();
  await expect.poll(stateOfBea).toBe('away'); // the desk is still there
  const seen = async () => (await ada.trpc.members.profile.query({ member: 2 })).lastSeen;
  await desk.close();
  await expect.poll(stateOfBea).toBe('offline');
  await expect.poll(seen).not.toBeNull();
  await Promise.all([ada.close(), late.close()]);
});

/** What an observer knows of the second member. */
function stateAfter(before: string, told: Ephemeral): string {
  if (told.kind === 'typing') return before;
  if (told.away?.includes(2)) return 'away';
  if (told.online.includes(2)) return 'online';
  return told.kind === 'present' || told.offline.includes(2) ? 'offline' : before;
}

test('[D.1] a draft is told to one’s own devices alone, on every replica, and asked for by them', async () => {
  const { one, two, owner, bea } = await startTwo();
  const [desk, phone] = [one, two].map(({ socketPath }) => createChatClient({ socketPath, cookie: bea }));
  const ada = createChatClient({ socketPath: two.socketPath, cookie: owner });
  if (desk === undefined || phone === undefined) throw new Error('no devices');
  await Promise.all([desk.follow(), phone.follow(), ada.follow()]);
  const channel = (await desk.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  await desk.trpc.drafts.set.mutate({ channel, text: 'not for everybody', age: 0 });
  await phone.seen(({ kind }) => kind === 'draft-changed', 'the draft');
  expect(await phone.trpc.drafts.one.query({ channel })).toMatchObject({ channel, text: 'not for everybody' });
  expect(await phone.trpc.drafts.one.query({ channel, thread: 5 })).toBeNull();
  expect(await ada.trpc.drafts.list.query()).toEqual([]);
  expect(await refusalOf(desk.trpc.drafts.set.mutate({ channel, text: 'a\u0000b', age: 0 }))).toBe('message-not-text');
  expect(await refusalOf(desk.trpc.drafts.set.mutate({ channel, text: 'x'.repeat(8_001), age: 0 }))).toBe(
    'bad-request',
  );
  expect(await refusalOf(desk.trpc.drafts.set.mutate({ channel: 99, text: 'x', age: 0 }))).toBe('channel-not-found');
  await ada.trpc.members.changeProfile.mutate({ title: 'x' });
  await ada.seen(({ kind }) => kind === 'member-changed', 'what comes after it');
  expect(JSON.stringify([ada.frames, desk.frames])).not.toContain('everybody');
  expect(ada.events().some(({ kind }) => kind === 'draft-changed')).toBe(false);
  await Promise.all([desk.close(), phone.close(), ada.close()]);
});
