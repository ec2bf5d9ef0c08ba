import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
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
  const code = await invite(one, owner);
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const idOf = async (query: string) => (await ada.trpc.members.search.query({ query })).people[0]?.id ?? 0;
  const call = (procedure: string, input: unknown) =>
    httpCall(two.socketPath, `identity.${procedure}`, { method: 'POST', input });
  const signIn = (name: string, secret: string) => call('signIn', { name, password: secret });
  return { ...workspace, one, two, owner, code, ada, idOf, call, signIn };
}

/** As whoever runs the machine does, while the replicas run. */
async function runCommand(dataDirectory: string, ...names: string[]) {
  const environment = { ...process.env, DATA_DIRECTORY: dataDirectory, PUBLIC_URL: 'https://chat.example.org' };
  const child = spawn(process.execPath, ['server/chat/identity/main.ts', ...names], { env: environment });
  const [link, said, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { link: link.trim(), said, exitCode };
}

test('[I.5] a link to a new password works once, at any replica, and ends every other session and its notices', async () => {
  const { dataDirectory, one, two, code, ada, idOf, call, signIn } = await startTwo();
  const cookie = await join(one, code, 'Bea', password);
  const device = createChatClient({ socketPath: one.socketPath, cookie });
  await device.follow();
  const subscription = { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22), language: 'en' as const };
  await device.trpc.notices.subscribe.mutate({ endpoint: 'https://push.example.org/bea', ...subscription });
  const member = await idOf('Bea');

  const { token: first } = await ada.trpc.members.makePasswordLink.mutate({ member });
  const { token } = await ada.trpc.members.makePasswordLink.mutate({ member });
  expect((await call('passwordLink', { token: first })).refusal?.reason).toBe('password-link-wrong');
  expect((await call('passwordLink', { token })).data).toEqual({ workspace: 'Aula', name: 'Bea' });
  for (const file of (await readdir(dataDirectory)).filter((name) => name.startsWith('ronda.sqlite')))
    expect((await readFile(joinPath(dataDirectory, file))).includes(token), file).toBe(false);
  expect((await call('resetPassword', { token, password: 'short' })).refusal?.reason).toBe('password-too-short');

  const answers = await Promise.all(
    ['one new horse', 'two new horses'].map((next) => call('resetPassword', { token, password: next })),
  );
  expect(answers.map(({ refusal }) => refusal?.reason).filter((reason) => reason !== undefined)).toEqual([
    'password-link-wrong',
  ]);
  await expect.poll(() => device.closeCodes).toContain(4001);
  const won = answers.findIndex(({ refusal }) => refusal === undefined);
  const inside = createChatClient({
    socketPath: two.socketPath,
    cookie: cookieOf(answers[won] ?? (answers[0] as never)),
  });
  expect(await inside.trpc.identity.sessions.query()).toMatchObject([{ current: true }]);
  expect((await signIn('Bea', password)).refusal?.reason).toBe('wrong-credentials');
  expect((await signIn('Bea', ['one new horse', 'two new horses'][won] ?? '')).refusal).toBeUndefined();
  const database = new DatabaseSync(joinPath(dataDirectory, 'ronda.sqlite'), { readOnly: true });
  expect(database.prepare('SELECT count(*) AS devices FROM push_devices').get()).toEqual({ devices: 0 });
  database.close();
  await Promise.all([ada.close(), device.close(), inside.close()]);
});

test('[I.5] an admin makes such links for members alone, the owner for admins too; none outlives its day, a new role, a removal or another password', async () => {
  const { dataDirectory, one, two, owner, code, ada, idOf, call } = await startTwo();
  const cookies = await Promise.all(['Bea', 'Cai', 'Dan'].map((name) => join(one, code, name, password)));
  await join(one, code, 'Gil');
  const [bea, cai, dan] = cookies.map((cookie) => createChatClient({ socketPath: two.socketPath, cookie }));
  if (!bea || !cai || !dan) throw new Error('no clients');
  const ids = {
    ada: await idOf('Ada'),
    bea: await idOf('Bea'),
    cai: await idOf('Cai'),
    dan: await idOf('Dan'),
    gil: await idOf('Gil'),
  };
  for (const member of [ids.bea, ids.cai]) await ada.trpc.members.setRole.mutate({ member, role: 'admin' });
  const make = (by: typeof bea, member: number) => by.trpc.members.makePasswordLink.mutate({ member });
  for (const member of [ids.ada, ids.bea, ids.cai, ids.gil])
    expect(await refusalOf(make(bea, member)), String(member)).toBe('not-allowed');
  for (const member of [ids.ada, ids.cai, ids.gil]) expect(await refusalOf(make(dan, member))).toBe('not-allowed');
  for (const member of [ids.ada, ids.gil]) expect(await refusalOf(make(ada, member))).toBe('not-allowed');
  expect(await refusalOf(make(ada, 99))).toBe('member-not-found');

  const wrong = async (token: string) =>
    (await call('passwordLink', { token })).refusal?.reason === 'password-link-wrong';
  const byBea = await make(bea, ids.dan);
  expect(await wrong(byBea.token)).toBe(false);
  await ada.trpc.members.setRole.mutate({ member: ids.dan, role: 'admin' });
  expect(await wrong(byBea.token)).toBe(true);
  const byAda = await make(ada, ids.dan);
  const change = { current: password, password: 'another horse', endOthers: false };
  await httpCall(one.socketPath, 'identity.changePassword', { method: 'POST', cookie: cookies[2], input: change });
  expect(await wrong(byAda.token)).toBe(true);
  await ada.trpc.members.setRole.mutate({ member: ids.dan, role: 'member' });
  const byCai = await make(cai, ids.dan);
  await ada.trpc.members.remove.mutate({ member: ids.cai, purge: false });
  expect(await wrong(byCai.token)).toBe(true);
  const late = await make(bea, ids.dan);
  const database = new DatabaseSync(joinPath(dataDirectory, 'ronda.sqlite'), { timeout: 5_000 });
  database.exec(`UPDATE password_links SET expires_at = ${Date.now()}`);
  database.close();
  expect(await wrong(late.token)).toBe(true);
  expect((await call('resetPassword', { token: late.token, password: 'too late for it' })).refusal?.reason).toBe(
    'password-link-wrong',
  );
  expect(owner).not.toBe('');
  await Promise.all([ada, bea, cai, dan].map((client) => client.close()));
});

test('[I.5] a link is void where its maker could make it no more, though an older replica saw to their role or removal', async () => {
  const { dataDirectory, one, two, code, ada, idOf, call } = await startTwo();
  const cookies = await Promise.all(['Bea', 'Dan'].map((name) => join(one, code, name, password)));
  const [bea, dan] = await Promise.all(['Bea', 'Dan'].map(idOf));
  if (!bea || !dan) throw new Error('nobody joined');
  await ada.trpc.members.setRole.mutate({ member: bea, role: 'admin' });
  const admin = createChatClient({ socketPath: two.socketPath, cookie: cookies[0] ?? '' });
  const { token } = await admin.trpc.members.makePasswordLink.mutate({ member: dan });
  const database = new DatabaseSync(joinPath(dataDirectory, 'ronda.sqlite'), { timeout: 5_000 });
  const isVoid = async () => {
    const next = { token, password: 'not by this link' };
    expect((await call('resetPassword', next)).refusal?.reason).toBe('password-link-wrong');
  };
  for (const change of [
    [`role = 'member' WHERE id = ${bea}`, `role = 'admin' WHERE id = ${bea}`],
    [`removed_at = 1 WHERE id = ${bea}`, `removed_at = NULL WHERE id = ${bea}`],
    [`role = 'admin' WHERE id = ${dan}`, `role = 'member' WHERE id = ${dan}`],
  ]) {
    database.exec(`UPDATE members SET ${change[0]}`);
    await isVoid();
    database.exec(`UPDATE members SET ${change[1]}`);
  }
  database.close();
  expect((await call('resetPassword', { token, password: 'by this link it is' })).refusal).toBeUndefined();
  await Promise.all([ada.close(), admin.close()]);
});

test('[I.5] whose password was set by a link learns by whose it was, and when; nobody else does', async () => {
  const { dataDirectory, one, two, code, ada, idOf, call } = await startTwo();
  await join(one, code, 'Bea', password);
  const member = await idOf('Bea');
  const set = async (token: string) => cookieOf(await call('resetPassword', { token, password: 'a new horse' }));
  const before = Date.now();
  await set((await ada.trpc.members.makePasswordLink.mutate({ member })).token);
  const { link } = await runCommand(dataDirectory, 'bea');
  const cookie = await set(new URL(link).hash.slice(1));
  const bea = createChatClient({ socketPath: two.socketPath, cookie });
  const resets = await bea.trpc.identity.passwordResets.query();
  expect(resets.map(({ by }) => by)).toEqual([null, 'Ada']);
  expect(resets.every(({ at }) => at >= before && at <= Date.now())).toBe(true);
  expect(await ada.trpc.identity.passwordResets.query()).toEqual([]);
  for (let more = 0; more < 5; more += 1) await set((await ada.trpc.members.makePasswordLink.mutate({ member })).token);
  const database = new DatabaseSync(joinPath(dataDirectory, 'ronda.sqlite'), { timeout: 5_000 });
  const kept = () => database.prepare('SELECT count(*) AS resets FROM password_resets').get();
  expect(kept()).toEqual({ resets: 5 });
  await ada.trpc.members.remove.mutate({ member, purge: false });
  expect(kept()).toEqual({ resets: 0 });
  database.close();
  await Promise.all([ada.close(), bea.close()]);
});

test('[I.5] [G10.6] whoever runs the machine makes one for anybody with a password by a command; guesses are counted', async () => {
  const { dataDirectory, ada, call, signIn } = await startTwo();
  const made = await runCommand(dataDirectory, 'ada');
  expect(made).toMatchObject({
    exitCode: 0,
    link: expect.stringMatching(/^https:\/\/chat\.example\.org\/reset#[\w-]{43}$/),
  });
  expect(await runCommand(dataDirectory, 'Nobody')).toMatchObject({
    exitCode: 1,
    link: '',
    said: expect.stringContaining('Nobody'),
  });
  expect(await runCommand(dataDirectory)).toMatchObject({ exitCode: 1, said: expect.stringContaining('Usage') });
  expect(await runCommand(`${dataDirectory}/none`, 'Ada')).toMatchObject({
    exitCode: 1,
    said: expect.stringContaining('DATA_DIRECTORY'),
  });
  const token = new URL(made.link).hash.slice(1);
  expect((await call('resetPassword', { token, password: 'remembered now' })).refusal).toBeUndefined();
  expect((await signIn('Ada', 'remembered now')).refusal).toBeUndefined();
  for (let guess = 0; guess < 99; guess += 1) await call('passwordLink', { token: `guess ${guess}` });
  expect((await call('passwordLink', { token: 'one more' })).refusal?.reason).toBe('too-many-attempts');
  await ada.close();
});
