import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FollowedThread, LogEvent, Mentions, Message, Person, ThreadList } from '../../../shared/protocol.ts';
import { applyToConversation, type Conversation, withOlder } from './conversation.ts';
import { applyToThread, type Thread } from './thread.ts';
import { applyToThreadList, callsInThreads, unreadThreads } from './thread-list.ts';

const people = [1, 2, 3].map((id): Person => ({ id, name: `Person ${id}`, role: 'member' }));
const byId = Object.fromEntries(people.map((person) => [person.id, person]));
const me = 1;
const channel = 1;
const root = 5;
const named = { people: [{ member: me, text: 'me' }] };

type Deed = {
  kind: 'reply' | 'call' | 'call-all' | 'too' | 'edit' | 'delete' | 'react' | 'follow' | 'unfollow' | 'read';
  person: number;
};
type Moment = { seq: number; thread: Thread; list: ThreadList; conversation: Conversation };
type Log = { events: LogEvent[]; moments: Moment[] };

const deeds = fc.array(
  fc.record({
    kind: fc.constantFrom<Deed['kind']>(
      'reply',
      'reply',
      'call',
      'call',
      'call-all',
      'too',
      'edit',
      'delete',
      'react',
      'follow',
      'unfollow',
      'read',
    ),
    person: fc.constantFrom(1, 2, 3),
  }),
  { minLength: 3, maxLength: 40 },
);

/** As the server counts. */
function countedUnder({ people, channel: all }: Mentions, author: number): number[] {
  return [...people.map(({ member }) => member).filter((member) => member !== author), ...(all ? [0] : [])];
}

/** A thread's life as one person sees it, and what a server would answer after each event. */
function play(plan: Deed[]): Log {
  const messages = new Map<number, Message>([
    [root, { id: root, channel, number: 1, author: 2, clientId: 'root', text: 'root', at: 0, replica: 'chat-1' }],
  ]);
  let seq = root;
  let follow = { following: false, readNumber: 0 };
  let [lastNumber, lastAt, numbers] = [0, 0, 1];
  const events: LogEvent[] = [];
  /** Under whom each reply is counted: me, or 0 for everybody. */
  const counted = new Map<number, Set<number>>();
  const mentions = () =>
    [...messages.values()].filter(
      ({ id, author, threadNumber = 0 }) =>
        (counted.get(id)?.size ?? 0) > 0 && author !== me && threadNumber > follow.readNumber,
    ).length;
  const replies = () => [...messages.values()].filter(({ thread }) => thread === root);
  const moments: Moment[] = [moment()];

  function moment(): Moment {
    const followed: FollowedThread = {
      root,
      channel,
      lastNumber,
      lastAt,
      readNumber: follow.readNumber,
      mentions: mentions(),
    };
    const whole = { cursor: seq, people: byId, older: false, newer: false };
    return {
      seq,
      thread: { ...whole, ...follow, root: messages.get(root) as Message, messages: replies() },
      list: { cursor: seq, threads: follow.following ? [followed] : [] },
      conversation: { ...whole, messages: [...messages.values()].filter(({ number }) => number > 0) },
    };
  }

  const change = (id: number, by: (message: Message) => Partial<Message>) => {
    const message = messages.get(id) as Message;
    messages.set(id, JSON.parse(JSON.stringify({ ...message, ...by(message), changedSeq: seq })) as Message);
  };
  const followed = () => {
    const { readNumber } = follow;
    return { kind: 'thread-followed', thread: { root, channel, lastNumber, lastAt, readNumber, mentions: mentions() } };
  };
  const called = (id: number, members: number[]) => {
    const { author, number, threadNumber } = messages.get(id) as Message;
    return members.length > 0 && { called: { number, author, members, thread: root, threadNumber } };
  };
  const happen = (body: object, stream = 'channel:1') => {
    events.push({ seq, stream, previous: 0, at: seq, replica: 'chat-1', ...body } as unknown as LogEvent);
    moments.push(moment());
  };

  for (const [index, { kind, person }] of plan.entries()) {
    seq += 1 + (index % 2);
    const target = [...messages.keys()][index % messages.size] as number;
    const gone = messages.get(target)?.deletedBy !== undefined;
    if (kind === 'reply' || kind === 'call' || kind === 'call-all' || kind === 'too') {
      lastNumber += 1;
      lastAt = seq;
      const number = kind === 'too' ? ++numbers : 0;
      const message: Message = {
        ...{ id: seq, channel, number, author: person, clientId: `c${index}`, text: `${index}`, at: seq },
        ...{ replica: 'chat-1', thread: root, threadNumber: lastNumber },
        ...(kind === 'call' && { mentions: named }),
        ...(kind === 'call-all' && { mentions: { people: index % 2 === 0 ? named.people : [], channel: true } }),
      };
      const under = message.mentions === undefined ? [] : countedUnder(message.mentions, person);
      counted.set(seq, new Set(under));
      messages.set(seq, message);
      change(root, ({ replies: before }) => ({
        replies: {
          count: (before?.count ?? 0) + 1,
          lastAt: seq,
          members: [person, ...(before?.members ?? []).filter((id) => id !== person)].slice(0, 3),
        },
      }));
      if (person === me) follow = { ...follow, readNumber: lastNumber };
      happen({ kind: 'message-posted', message, author: byId[person] });
      if (person === me && !follow.following) {
        seq += 1;
        follow = { following: true, readNumber: lastNumber };
        happen(followed(), 'member:1');
      } else if (message.mentions?.people.length && !follow.following) {
        seq += 1;
        follow = { following: true, readNumber: lastNumber - 1 };
        happen(followed(), 'member:1');
      }
    } else if (kind === 'edit' && !gone) {
      const before = messages.get(target)?.mentions;
      const again = [undefined, named, before][index % 3];
      change(target, () => ({ text: `edited ${index}`, editedAt: seq, mentions: again }));
      const { author } = messages.get(target) as Message;
      const meant = again === undefined ? [] : countedUnder(again, author);
      const rows = counted.get(target) ?? new Set();
      const members = [...rows].filter((member) => !meant.includes(member));
      const still = members.includes(0) ? meant : meant.filter((member) => rows.has(member));
      counted.set(target, new Set(still));
      const edited = { kind: 'message-edited', channel, message: target, text: `edited ${index}` };
      happen({ ...edited, ...(again && { mentions: again }), ...called(target, members) });
    } else if (kind === 'delete' && !gone && target !== root) {
      change(target, () => ({
        ...{ text: '', deletedBy: person, reactions: undefined, editedAt: undefined, mentions: undefined },
      }));
      change(root, ({ replies: before }) => ({ replies: before && { ...before, count: before.count - 1 } }));
      const members = [...(counted.get(target) ?? [])];
      counted.delete(target);
      const deleted = {
        kind: 'message-deleted',
        channel,
        message: target,
        by: person,
        emptied: [target],
        thread: root,
      };
      happen({ ...deleted, ...called(target, members) });
    } else if (kind === 'react' && !gone) {
      const set = messages.get(target)?.reactions ?? [];
      const others = set.filter(({ member }) => member !== person);
      const on = others.length === set.length;
      const now = on ? [...others, { emoji: '👍', member: person }] : others;
      change(target, () => ({ reactions: now.length > 0 ? now : undefined }));
      happen({ kind: 'reaction-set', channel, message: target, emoji: '👍', member: byId[person], on });
    } else if (kind === 'follow' && !follow.following) {
      follow = { following: true, readNumber: lastNumber };
      happen(followed(), 'member:1');
    } else if (kind === 'unfollow' && follow.following) {
      follow = { ...follow, following: false };
      happen({ kind: 'thread-unfollowed', root }, 'member:1');
    } else if (kind === 'read' && follow.following && follow.readNumber < lastNumber) {
      follow = { ...follow, readNumber: Math.max(follow.readNumber, lastNumber - (index % 2)) };
      happen({ kind: 'thread-read', root, readNumber: follow.readNumber, mentions: mentions() }, 'member:1');
    }
  }
  return { events, moments };
}

test('[G4] a thread, my list of threads and the channel end as the log has them, from whatever snapshot, also with events twice', () => {
  fc.assert(
    fc.property(deeds, fc.nat(), fc.nat(), (plan, from, again) => {
      const { events, moments } = play(plan);
      const start = moments[from % moments.length] as Moment;
      const back = again % (events.length + 1);
      const coming = [...events.slice(0, back), ...events.slice(Math.max(0, back - 3))];
      const end = moments.at(-1) as Moment;
      const thread = coming.reduce((data, event) => applyToThread(me, data, event), start.thread);
      expect(thread).toEqual({ ...end.thread, cursor: expect.any(Number) });
      const list = coming.reduce((data, event) => applyToThreadList(me, data, event), start.list);
      expect(list.threads).toEqual(end.list.threads);
      const conversation = coming.reduce(
        (data, event) => applyToConversation(channel, data, event),
        start.conversation,
      );
      expect(conversation.messages).toEqual(end.conversation.messages);
    }),
  );
});

test('[G4.5] older replies join those that are loaded, each once', () => {
  const { thread } = play(Array.from({ length: 9 }, () => ({ kind: 'reply', person: 2 }) as const)).moments.at(
    -1,
  ) as Moment;
  const later = { ...thread, messages: thread.messages.slice(4), older: true };
  const earlier = { ...thread, messages: thread.messages.slice(0, 6) };
  expect(withOlder(later, earlier)).toEqual(thread);
});

test('[M.2] what calls me in threads is counted for each channel', () => {
  const followed = { lastAt: 0, lastNumber: 5, readNumber: 3 };
  const threads = [1, 2, 0].map((mentions, index) => ({ ...followed, root: index, channel: index % 2, mentions }));
  expect([...callsInThreads({ cursor: 0, threads })]).toEqual([
    [0, 1],
    [1, 2],
  ]);
});

test('threads with something new are counted, not their replies', () => {
  const followed = { channel, lastAt: 0, lastNumber: 5, mentions: 0 };
  const threads = [3, 5].map((readNumber) => ({ ...followed, root: readNumber, readNumber }));
  expect(unreadThreads({ cursor: 0, threads })).toBe(1);
});
