import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import type { SetNotices } from '../../../shared/protocol.ts';
import { type ChatClient, createChatClient, refusalOf } from '../testing/chat-client.ts';
import { httpCall } from '../testing/http-call.ts';
import { invite, join, setUpWorkspace } from '../testing/people.ts';
import { type PushService, startPushService } from '../testing/push-service.ts';
import { createWorkspace, type ReplicaProcess, startReplicaProcess } from '../testing/replica-process.ts';

const environment = { PUSH_TO_LOOPBACK: 'on', NOTICE_DELAY_SECONDS: '0' };

type Somebody = ChatClient & { cookie: string; id: number };

/** A replica, its push service, and Ada, who owns the workspace. */
async function open(settings: Record<string, string> = {}) {
  const workspace = await createWorkspace();
  const replica = await startReplicaProcess(workspace, 'chat-1', { ...environment, ...settings });
  const owner = await setUpWorkspace(replica);
  const code = await invite(replica, owner);
  const enter = async (cookie: string, through: ReplicaProcess = replica): Promise<Somebody> => {
    const client = createChatClient({ socketPath: through.socketPath, cookie });
    onTestFinished(() => client.close());
    return { ...client, cookie, id: (await client.trpc.workspace.snapshot.query()).me.id };
  };
  const ada = await enter(owner);
  const service = await startPushService((await ada.trpc.notices.key.query()).publicKey);
  onTestFinished(() => service.stop());
  const { channels } = await ada.trpc.workspace.snapshot.query();
  const channel = channels[0]?.id ?? 0;
  return {
    ...{ workspace, replica, service, ada, channel, enter },
    come: async (name: string, withPassword?: string) => enter(await join(replica, code, name, withPassword)),
    signIn: async (name: string, password: string) => {
      const answer = await httpCall(replica.socketPath, 'identity.signIn', {
        method: 'POST',
        input: { name, password },
      });
      return enter(answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '');
    },
  };
}

const say = (who: Somebody, channel: number, text: string) =>
  who.trpc.messages.send.mutate({ channel, text, clientId: mintClientId() });
const turnOn = (who: Somebody, service: PushService, device: string) =>
  who.trpc.notices.subscribe.mutate(service.subscribe(device));
const texts = (service: PushService, device: string) => service.messages(device).map(({ text }) => text);

/** A message that everybody with a device is told of: what would have come before it has come by then. */
async function untilAllIsSent(ada: Somebody, service: PushService, channel: number, devices: string[]): Promise<void> {
  const text = `@channel ${mintClientId()}`;
  await say(ada, channel, text);
  await expect
    .poll(() => devices.every((device) => texts(service, device).includes(text)), { timeout: 15_000 })
    .toBe(true);
}

test('[N.1] [N.2] a message comes once to each device of those it is for: signed, sealed, and with no more than it shows', async () => {
  const { service, ada, channel, come } = await open();
  const bo = await come('Bo');
  const cy = await come('Cy');
  await turnOn(ada, service, 'ada');
  await turnOn(bo, service, 'bo');
  await turnOn(cy, service, 'cy');
  await cy.trpc.channels.setMembership.mutate({ channel, level: 'mentions' });

  const { seq } = await say(ada, channel, 'hello  ||secret||\nall');
  await expect.poll(() => texts(service, 'bo')).toEqual(['hello ▒▒▒ all']);
  expect(service.messages('bo')[0]).toEqual({
    ...{ kind: 'message', tag: `channel-${channel}`, channel, message: seq, author: 'Ada', place: '#general' },
    ...{ text: 'hello ▒▒▒ all', count: 1, language: 'en', sound: true, withdrawn: [] },
  });
  const { headers } = service.pushed[0] ?? {};
  expect(headers).toMatchObject({ urgency: 'normal', ttl: '86400', topic: expect.stringMatching(/^[\w-]{32}$/) });

  await say(ada, channel, 'for @Cy');
  await expect.poll(() => texts(service, 'cy')).toEqual(['for @Cy']);
  expect(service.pushed.find(({ device }) => device === 'cy')?.headers.urgency).toBe('high');
  const { id: direct } = await bo.trpc.channels.openDirect.mutate({ people: [ada.id] });
  await say(bo, direct, 'between us');
  await expect
    .poll(() => service.messages('ada').map(({ place, text }) => [place, text]))
    .toEqual([['', 'between us']]);
  await untilAllIsSent(ada, service, channel, ['bo', 'cy']);
  expect(service.messages('bo').filter(({ message }) => message === seq)).toHaveLength(1);
  expect(service.messages('ada')).toHaveLength(1);
});

test('[N.3] nothing comes of what is muted, set to nothing, or while one is not to be disturbed; a keyword comes', async () => {
  const { service, ada, channel, come } = await open();
  const names = ['muted', 'nothing', 'quiet', 'scheduled', 'keyword'];
  const people = new Map<string, Somebody>();
  for (const name of names) {
    const who = await come(name);
    people.set(name, who);
    await turnOn(who, service, name);
  }
  const set = (name: string, change: SetNotices) => people.get(name)?.trpc.notices.set.mutate(change);
  const membership = (name: string, change: object) =>
    people.get(name)?.trpc.channels.setMembership.mutate({ channel, ...change });
  await membership('muted', { muted: true });
  await membership('nothing', { level: 'nothing' });
  await set('quiet', { quietUntil: Date.now() + 3_600_000 });
  const always = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 0 };
  await set('scheduled', { quietHours: [always], timeZone: 'America/Bogota' });
  await membership('keyword', { level: 'mentions' });
  await set('keyword', { keywords: ['Nómina', 'el puerto'] });

  for (const text of ['@channel to all', 'la nomina de mayo', 'nominaciones', 'EL PUERTO está cerrado'])
    await say(ada, channel, text);
  await expect.poll(() => texts(service, 'keyword').at(-1)).toBe('EL PUERTO está cerrado');
  expect(service.messages('keyword').reduce((sum, { count }) => sum + count, 0)).toBe(3);
  await membership('muted', { muted: false });
  await membership('nothing', { level: 'all' });
  await set('quiet', { quietUntil: 0 });
  await set('scheduled', { quietHours: [] });
  await membership('keyword', { level: 'all' });
  await untilAllIsSent(ada, service, channel, names);
  for (const name of ['muted', 'nothing', 'quiet', 'scheduled']) expect(service.messages(name), name).toHaveLength(1);
  expect(await refusalOf(ada.trpc.notices.set.mutate({ timeZone: 'Atlantis/Capital' }))).toBe('bad-request');
});

test('[N.4] what was read before it was due isn’t pushed, and what a page has shown by itself isn’t pushed to its device', async () => {
  const { service, ada, channel, come, signIn } = await open({ NOTICE_DELAY_SECONDS: '2' });
  const bo = await come('Bo', 'correct horse');
  const phone = await signIn('Bo', 'correct horse');
  await turnOn(bo, service, 'laptop');
  await turnOn(phone, service, 'phone');
  const read = await say(ada, channel, 'read at once');
  await bo.trpc.channels.markRead.mutate({ channel, readNumber: read.number });
  const shown = await say(ada, channel, 'shown by the page');
  await bo.trpc.notices.shown.mutate({ channel, message: shown.seq });
  await expect.poll(() => texts(service, 'phone'), { timeout: 15_000 }).toEqual(['shown by the page']);
  await untilAllIsSent(ada, service, channel, ['laptop', 'phone']);
  expect(service.messages('laptop')).toHaveLength(1);
  expect(service.messages('phone')).toHaveLength(2);
});

test('[N.4] what is said together comes as one, and what was read elsewhere is withdrawn by the next', async () => {
  const { service, ada, channel, come } = await open({ NOTICE_DELAY_SECONDS: '1' });
  const bo = await come('Bo');
  await turnOn(bo, service, 'bo');
  const sent = await Promise.all(['one', 'two', 'three'].map((text) => say(ada, channel, text)));
  const last = Math.max(...sent.map(({ seq }) => seq));
  await expect.poll(() => service.messages('bo').map(({ count, message }) => [count, message])).toEqual([[3, last]]);
  await bo.trpc.channels.markRead.mutate({ channel, readNumber: Math.max(...sent.map(({ number }) => number)) });
  const { id: direct } = await ada.trpc.channels.openDirect.mutate({ people: [bo.id] });
  await say(ada, direct, 'psst');
  await expect.poll(() => service.messages('bo').at(-1)?.withdrawn).toEqual([`channel-${channel}`]);
  const deleted = await say(ada, channel, 'a slip');
  await ada.trpc.messages.delete.mutate({ message: deleted.seq });
  await untilAllIsSent(ada, service, channel, ['bo']);
  expect(texts(service, 'bo')).not.toContain('a slip');
});

test('[N.5] [G6.3] who signs out, is removed or leaves a channel is told nothing more', async () => {
  const { replica, service, ada, channel, come } = await open({ NOTICE_DELAY_SECONDS: '3' });
  const [bo, cy, di, witness] = [await come('Bo'), await come('Cy'), await come('Di'), await come('Eva')];
  const { id: secret } = await ada.trpc.channels.create.mutate({
    clientId: mintClientId(),
    name: 'secret',
    private: true,
  });
  await ada.trpc.channels.addPeople.mutate({ channel: secret, people: [di.id, witness.id] });
  for (const [name, who] of Object.entries({ bo, cy, di, witness })) await turnOn(who, service, name);
  await say(ada, channel, 'before they go');
  await say(ada, secret, 'in the secret channel');
  await httpCall(replica.socketPath, 'identity.signOut', { method: 'POST', cookie: bo.cookie });
  await ada.trpc.members.remove.mutate({ member: cy.id, purge: false });
  await ada.trpc.channels.removePerson.mutate({ channel: secret, person: di.id });
  await expect.poll(() => texts(service, 'witness'), { timeout: 15_000 }).toContain('in the secret channel');
  await untilAllIsSent(ada, service, channel, ['di', 'witness']);
  expect(service.messages('bo')).toEqual([]);
  expect(service.messages('cy')).toEqual([]);
  expect(texts(service, 'di')).not.toContain('in the secret channel');
  expect(JSON.stringify(replica.lines)).not.toContain(service.url);
});

test('[N.6] [G7.6] when the replica that sends is killed, another one tells what it hadn’t', async () => {
  const { workspace, replica, service, ada, channel, come, enter } = await open();
  const bo = await come('Bo');
  await turnOn(bo, service, 'bo');
  service.answer('bo', 'never');
  await say(ada, channel, 'said before the fall');
  await expect.poll(() => service.asked).toEqual(['bo']);
  await replica.kill('SIGKILL');
  service.answer('bo', undefined);
  const next = await startReplicaProcess(workspace, 'chat-2', environment);
  await expect.poll(() => texts(service, 'bo'), { timeout: 20_000 }).toEqual(['said before the fall']);
  await untilAllIsSent(await enter(ada.cookie, next), service, channel, ['bo']);
}, 40_000);

test('[N.6] a device that is gone is forgotten, and one that can’t be reached is tried again', async () => {
  const { service, ada, channel, come } = await open();
  const [bo, cy] = [await come('Bo'), await come('Cy')];
  await turnOn(bo, service, 'gone');
  await turnOn(cy, service, 'busy');
  service.answer('gone', 410);
  service.answer('busy', 503, { 'retry-after': '1' });
  await say(ada, channel, 'can you hear me?');
  await expect.poll(() => new Set(service.asked)).toEqual(new Set(['gone', 'busy']));
  service.answer('busy', undefined);
  service.answer('gone', undefined);
  await expect.poll(() => texts(service, 'busy'), { timeout: 20_000 }).toEqual(['can you hear me?']);
  await untilAllIsSent(ada, service, channel, ['busy']);
  expect(service.asked.filter((device) => device === 'gone')).toHaveLength(1);
}, 40_000);

test('[N.6] [G10.9] a push service of this machine or its networks is refused unless a test has asked for it', async () => {
  const { replica, ada, service } = await open({ PUSH_TO_LOOPBACK: 'off' });
  const { endpoint: _, ...keys } = service.subscribe('ada');
  const addresses = [`${service.url}/ada`, 'http://push.example/x', 'https://127.0.0.1/x', 'https://10.0.0.1/x'];
  for (const endpoint of [
    ...addresses,
    'https://[::1]/x',
    'https://push.example:8443/x',
    'https://a@push.example/x',
    'x',
  ])
    expect(await refusalOf(ada.trpc.notices.subscribe.mutate({ ...keys, endpoint })), endpoint).toBe('bad-request');
  await ada.trpc.notices.subscribe.mutate({ ...keys, endpoint: 'https://push.example/x' });
  expect(await ada.trpc.notices.test.mutate()).toEqual({ pushed: true });
  await ada.trpc.notices.unsubscribe.mutate();
  expect(await ada.trpc.notices.test.mutate()).toEqual({ pushed: false });
  expect(replica.lines.filter(({ level }) => level === 'error')).toEqual([]);
});

test('[N.2] whoever hides the text gets none, in their own language; settings are the same on all devices', async () => {
  const { service, ada, channel, come } = await open();
  const bo = await come('Bo');
  await bo.follow();
  await bo.trpc.notices.subscribe.mutate({ ...service.subscribe('bo'), language: 'es' });
  await bo.trpc.notices.set.mutate({ hideText: true, sound: false });
  await bo.seen((frame) => frame.kind === 'notices-changed' && frame.notices.hideText, 'what was set');
  expect((await bo.trpc.workspace.snapshot.query()).notices).toMatchObject({ hideText: true, sound: false });
  await say(ada, channel, 'the price is 12');
  await expect
    .poll(() => service.messages('bo'))
    .toMatchObject([{ text: '', author: 'Ada', language: 'es', sound: false }]);
  expect(await bo.trpc.notices.test.mutate()).toEqual({ pushed: true });
  await expect.poll(() => service.pushed.at(-1)?.payload).toEqual({ kind: 'test', language: 'es', sound: false });
});
