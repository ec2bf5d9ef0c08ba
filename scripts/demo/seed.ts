import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../server/chat/store/sqlite/sqlite-store.ts';
import type { Store } from '../../server/chat/store/store.ts';
import { demoChannels } from './conversations.ts';
import { drawFace } from './faces.ts';
import { keepDemoFiles } from './files/keep-demo-files.ts';
import { demoFaceless, demoPeople, demoStatuses } from './people.ts';

const minuteMs = 60_000;

/** Makes the demo's workspace by the mutations that people make it with, as if it had been used for some days. */
export async function seedDemo(dataDirectory: string): Promise<void> {
  const unfinished = `${dataDirectory}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  const until = Date.now();
  let now = until - 12 * 1_440 * minuteMs;
  const store = await openSqliteStore({
    path: join(unfinished, 'ronda.sqlite'),
    replica: 'chat-1',
    onCommit: () => undefined,
    now: () => now,
  });
  const members = await admit(store);
  const idOf = (name: string) => members.get(name) ?? 0;
  const files = keepDemoFiles(store, unfinished);
  await introduce(store, idOf, until);

  // All that was said anywhere, in the order in which it was.
  const everything: { at: number; act(): Promise<unknown> }[] = [];
  for (const [index, channel] of demoChannels.entries()) {
    const id = await openChannel(store, channel, index, idOf);
    const lasted = channel.said.reduce((sum, { after }) => sum + after, 0);
    let at = until - (channel.endedAgo + lasted) * minuteMs;
    for (const [number, { by, after, text, reactions = {}, replies = [], carries = [] }] of channel.said.entries()) {
      at += after * minuteMs;
      const clientId = `demo-${index}-${number}`.padEnd(22, '-');
      const act = async () => {
        const post = { author: idOf(by), channel: id, clientId, text };
        const attachments: string[] = [];
        for (const name of carries) attachments.push(await files.upload(post.author, name));
        const { seq: thread } = await store.write(
          attachments.length > 0 ? { kind: 'post-files', ...post, attachments } : { kind: 'post-message', ...post },
        );
        for (const [emoji, people] of Object.entries(reactions))
          for (const name of people)
            await store.write({ kind: 'set-reaction', member: idOf(name), message: thread, emoji, on: true });
        return thread;
      };
      // What answers it needs to know it.
      let posted = 0;
      everything.push({
        at,
        act: async () => {
          posted = await act();
        },
      });
      let answeredAt = at;
      for (const [answer, reply] of replies.entries()) {
        answeredAt += reply.after * minuteMs;
        const message = { author: idOf(reply.by), channel: id, text: reply.text, toChannel: false };
        const replyId = `demo-${index}-${number}-${answer}`.padEnd(22, '-');
        everything.push({
          at: answeredAt,
          act: () => store.write({ kind: 'post-reply', ...message, clientId: replyId, thread: posted }),
        });
      }
    }
    for (const name of channel.people)
      everything.push({
        at: until,
        act: () => {
          const readNumber = channel.said.length - (channel.unread?.[name] ?? 0);
          return store.write({ kind: 'mark-read', member: idOf(name), channel: id, readNumber });
        },
      });
  }
  for (const { at, act } of everything.sort((a, b) => a.at - b.at)) {
    now = at;
    await act();
  }
  files.stop();
  const { people: seen } = await store.people(idOf(demoPeople[0].name), { query: '', limit: demoPeople.length });
  await store.close();
  const people = demoPeople.map(({ name, about, language }) => {
    const { id, avatar } = seen.find((person) => person.name === name) ?? { id: idOf(name), avatar: undefined };
    return { id, name, about, language, avatar };
  });
  writeFileSync(join(unfinished, 'demo-people.json'), JSON.stringify(people));
  renameSync(unfinished, dataDirectory);
}

async function admit(store: Store): Promise<Map<string, number>> {
  const members = new Map<string, number>();
  const expired = (name: string) => ({ secretHash: `demo ${name}`, expiresAt: 0 });
  const [owner, ...others] = demoPeople;
  // A password hash that no password has: one comes in by the demo's own screen only.
  const noPassword = { passwordHash: 'none' };
  const setUp = { kind: 'set-up', token: (await store.setUpToken()) ?? '', workspace: 'Ronda' } as const;
  const { member } = await store.write({ ...setUp, name: owner.name, ...noPassword, session: expired(owner.name) });
  members.set(owner.name, member);
  const invite = { clientId: 'demo-invite'.padEnd(22, '-'), code: 'demo', guests: false, maximumUses: 100 };
  await store.write({ kind: 'create-invite', author: member, ...invite, expiresAt: Date.now() + minuteMs });
  for (const { name } of others) {
    const joining = { kind: 'join-workspace', code: 'demo', name, ...noPassword } as const;
    members.set(name, (await store.write({ ...joining, session: expired(name) })).member);
  }
  const { channels } = await store.workspace(member);
  members.set('general', channels[0]?.id ?? 0);
  return members;
}

/** What each says of themselves, and their pictures. */
async function introduce(store: Store, idOf: (name: string) => number, now: number): Promise<void> {
  for (const [index, { name, about, language }] of demoPeople.entries()) {
    const member = idOf(name);
    const timeZone = language === 'es' ? 'Europe/Madrid' : 'Europe/London';
    await store.write({ kind: 'change-profile', member, title: about, timeZone });
    if (!demoFaceless.includes(name)) await store.write({ kind: 'set-avatar', member, avatar: await drawFace(index) });
    const set = demoStatuses[name];
    if (set === undefined) continue;
    const { hours, ...status } = set;
    const until = hours === undefined ? {} : { until: now + hours * 60 * minuteMs };
    await store.write({ kind: 'set-status', member, status: { ...status, ...until } });
  }
}

async function openChannel(
  store: Store,
  { name, topic = '', private: hidden = false, people }: (typeof demoChannels)[number],
  index: number,
  idOf: (name: string) => number,
): Promise<number> {
  if (name === 'general') return idOf('general');
  const [author = 0, ...others] = people.map(idOf);
  if (name === undefined) return (await store.write({ kind: 'open-direct', author, people: others })).id;
  const clientId = `demo-channel-${index}`.padEnd(22, '-');
  const { id } = await store.write({ kind: 'create-channel', author, clientId, name, topic, private: hidden });
  if (hidden) await store.write({ kind: 'add-people', author, channel: id, people: others });
  else for (const member of others) await store.write({ kind: 'join-channel', member, channel: id });
  return id;
}
