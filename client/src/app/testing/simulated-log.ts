import fc from 'fast-check';
import type { z } from 'zod';
import { defaultNotices } from '../../../../shared/notice-rules.ts';
import type {
  Channel,
  JoinedChannel,
  ListedChannel,
  LogEvent,
  Membership,
  Message,
  MessagePage,
  NoticeSettings,
  PageInput,
  Person,
  Sidebar,
} from '../../../../shared/protocol.ts';
import type { WorkspaceData } from '../../workspace/workspace-data.ts';

/** A log such as one person, number 1, may see it, and what a server would answer at any of its moments. */
export type SimulatedLog = { events: LogEvent[]; at(seq: number): ServerState };

type ServerState = {
  workspace: WorkspaceData;
  directory: { cursor: number; channels: ListedChannel[] };
  page(query: z.input<typeof PageInput> & { limit: number }): MessagePage;
};

const people: Person[] = [1, 2, 3].map((id) => ({ id, name: `Person ${id}`, role: 'member' }));
export const me = people[0] as Person;
/** The third is private; the fourth is a direct conversation of mine with the second person. */
const channelIds = [1, 2, 3, 4];

const kinds = [
  ...(['post', 'post', 'post', 'create', 'join', 'leave', 'other-joins', 'other-leaves', 'read', 'unread'] as const),
  ...(['change', 'archive', 'set-membership', 'set-sidebar', 'set-notices', 'change-member'] as const),
  ...(['edit', 'delete', 'preview', 'react', 'react', 'react'] as const),
];

type Deed = {
  kind: (typeof kinds)[number];
  channel: number;
  person: number;
};

const deedPerson = fc.constantFrom(1, 2, 3);

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom(...kinds),
  channel: fc.constantFrom(...channelIds),
  person: deedPerson,
});

export const simulatedLog: fc.Arbitrary<SimulatedLog> = fc.array(deed, { minLength: 5, maxLength: 60 }).map(play);

/** One channel in which much is said, and I'm in it all the time. */
export const talkativeLog: fc.Arbitrary<SimulatedLog> = fc
  .array(
    fc.record({
      kind: fc.constantFrom<Deed['kind']>('post', 'post', 'post', 'read', 'edit', 'delete', 'preview', 'react'),
      channel: fc.constant(1),
      person: deedPerson,
    }),
    {
      minLength: 10,
      maxLength: 80,
    },
  )
  .map((deeds) => play([{ kind: 'create', channel: 1, person: me.id }, ...deeds]));

type World = {
  seq: number;
  people: Person[];
  sidebar: Sidebar;
  notices: NoticeSettings;
  channels: Map<
    number,
    {
      described: Channel;
      members: Set<number>;
      messages: Message[];
      readNumber: number;
      readGeneration: number;
      calling: number[];
      membership: Membership;
    }
  >;
};

const newMembership: Membership = {
  owner: false,
  level: 'all',
  muted: false,
  favourite: false,
  section: null,
  closedNumber: null,
};

const direct = 4;
const peopleOf = (id: number, all: Person[]) => (id === direct ? [all[1] as Person] : []);

function play(deeds: Deed[]): SimulatedLog {
  const world: World = {
    seq: 0,
    people,
    sidebar: { sections: [], collapsed: [], unreadFirst: false },
    notices: defaultNotices,
    channels: new Map(),
  };
  const events: LogEvent[] = [];
  const states = new Map<number, ServerState>([[0, answerOf(world)]]);
  const previous = new Map<string, number>();
  for (const [index, { kind, channel, person }] of deeds.entries()) {
    for (const body of happen(world, kind, channel, person, index)) {
      world.seq += 1 + (index % 3);
      const { stream, ...rest } = body(world.seq);
      const event = {
        ...rest,
        stream,
        seq: world.seq,
        previous: previous.get(stream) ?? 0,
        at: index,
        replica: 'chat-1',
      };
      previous.set(stream, world.seq);
      events.push(event as LogEvent);
      states.set(world.seq, answerOf(world));
    }
  }
  return {
    events,
    at: (seq) => states.get(Math.max(...[...states.keys()].filter((known) => known <= seq))) as ServerState,
  };
}

type Body = (seq: number) => { kind: string; stream: string } & Record<string, unknown>;

function happen(world: World, kind: Deed['kind'], id: number, person: number, index: number): Body[] {
  const channel = world.channels.get(id);
  const author = world.people[person - 1] as Person;
  if (kind === 'change-member')
    return [
      () => {
        const member: Person = { ...author, role: author.role === 'admin' ? 'member' : 'admin' };
        world.people = world.people.with(person - 1, member);
        return { kind: 'member-changed', stream: 'workspace', member, by: me.id };
      },
    ];
  if (kind === 'set-notices')
    return [
      () => {
        world.notices = { ...world.notices, quietUntil: index };
        return { kind: 'notices-changed', stream: `member:${me.id}`, notices: world.notices };
      },
    ];
  if (kind === 'set-sidebar')
    return [
      () => {
        world.sidebar = { ...world.sidebar, collapsed: [`${index}`] };
        return { kind: 'sidebar-changed', stream: `member:${me.id}`, sidebar: world.sidebar };
      },
    ];
  if (kind === 'create' && !channel) {
    const described = newChannel(id);
    const members = new Set(person === me.id ? [] : [person]);
    const made = {
      described,
      members,
      messages: [],
      readNumber: 0,
      readGeneration: 0,
      calling: [],
      membership: newMembership,
    };
    if (described.private) world.channels.set(id, made);
    const created: Body = () => {
      world.channels.set(id, made);
      return { kind: 'channel-created', stream: 'workspace', channel: described, by: person };
    };
    return [...(described.private ? [] : [created]), ...(person === me.id ? [joining(world, id)] : [])];
  }
  if (!channel) return [];
  const inside = channel.members.has(me.id);
  if ((kind === 'change' || kind === 'archive') && id !== direct && (inside || !channel.described.private))
    return [
      () => {
        const next = kind === 'change' ? { topic: `${index}` } : { archived: !channel.described.archived };
        channel.described = { ...channel.described, ...next };
        const stream = channel.described.private ? `channel:${id}` : 'workspace';
        return { kind: 'channel-changed', stream, channel: channel.described, by: person };
      },
    ];
  if (kind === 'set-membership' && inside)
    return [
      () => {
        channel.membership = { ...channel.membership, muted: !channel.membership.muted };
        const { membership } = channel;
        return { kind: 'membership-changed', stream: `member:${me.id}`, channel: id, membership };
      },
    ];
  if (kind === 'join' && !inside) return [joining(world, id)];
  if (kind === 'leave' && inside)
    return [
      () => {
        channel.members.delete(me.id);
        return { kind: 'channel-left', stream: `member:${me.id}`, channel: id };
      },
    ];
  if (!inside) return [];
  const number = channel.messages.length + 1;
  if (kind === 'post')
    return [
      (seq) => {
        const message = {
          id: seq,
          channel: id,
          number,
          author: person,
          clientId: `c${index}`,
          text: `${index}`,
          at: index,
          replica: 'chat-1',
        };
        const calls = index % 3 === 0 ? { mentions: { people: [{ member: me.id, text: 'me' }] } } : {};
        channel.messages.push({ ...message, ...calls });
        if (person === me.id) channel.readNumber = number;
        else if ('mentions' in calls) channel.calling.push(number);
        return { kind: 'message-posted', stream: `channel:${id}`, message: { ...message, ...calls }, author };
      },
    ];
  if (kind === 'edit' || kind === 'delete' || kind === 'preview' || kind === 'react')
    return changing(channel, kind, id, author, index);
  if (kind === 'read')
    return [
      () => {
        channel.readNumber = channel.messages.length;
        return readEvent(id, channel);
      },
    ];
  if (kind === 'unread')
    return [
      () => {
        channel.readNumber = Math.min(channel.readNumber, index % 4);
        channel.readGeneration += 1;
        return readEvent(id, channel);
      },
    ];
  if (person === me.id) return [];
  if (kind === 'other-joins' && !channel.members.has(person))
    return [
      () => {
        channel.members.add(person);
        return { kind: 'channel-member-joined', stream: `channel:${id}`, channel: id, member: author };
      },
    ];
  if (kind === 'other-leaves' && channel.members.has(person))
    return [
      () => {
        channel.members.delete(person);
        return { kind: 'channel-member-left', stream: `channel:${id}`, channel: id, member: person };
      },
    ];
  return [];
}

function newChannel(id: number): Channel {
  const name = id === direct ? 'Person 2' : `channel ${id}`;
  const named = { id, name, topic: '', description: '', archived: false, createdAt: id };
  return { ...named, private: id >= 3, direct: id === direct };
}

/** One of the newest messages, so that what has happened to it matters to what happens next. */
function changing(
  place: { messages: Message[]; calling: number[] },
  kind: 'edit' | 'delete' | 'preview' | 'react',
  channel: number,
  member: Person,
  index: number,
): Body[] {
  const { messages } = place;
  const at = Math.max(0, messages.length - 1 - (index % 4));
  const before = messages[at];
  if (before === undefined || before.deletedBy !== undefined) return [];
  const about = { stream: `channel:${channel}`, channel, message: before.id };
  const emoji = ['👍', '🎉'][index % 2] ?? '';
  const uncalled = () => {
    const { number, author } = before;
    const calls = place.calling.includes(number);
    place.calling = place.calling.filter((one) => one !== number);
    return calls ? { called: { number, author, members: [me.id] } } : {};
  };
  return [
    (seq) => {
      const { reactions = [], editedAt: _, mentions: __, preview: ____, ...bare } = before;
      const changedSeq = seq;
      if (kind === 'edit') {
        const { mentions: ___, preview: ______, ...unnamed } = before;
        messages[at] = { ...unnamed, text: `edited ${index}`, editedAt: index, changedSeq };
        return { kind: 'message-edited', ...about, text: `edited ${index}`, ...uncalled() };
      }
      if (kind === 'delete') {
        messages[at] = { ...bare, text: '', deletedBy: member.id, changedSeq };
        return { kind: 'message-deleted', ...about, by: member.id, emptied: [before.id], ...uncalled() };
      }
      if (kind === 'preview') {
        const { preview: _______, ...rest } = before;
        const preview = index % 3 === 0 ? null : { url: 'https://a.example', title: `${index}` };
        messages[at] = { ...rest, ...(preview && { preview }), changedSeq };
        return { kind: 'message-previewed', ...about, preview };
      }
      const others = reactions.filter((one) => one.emoji !== emoji || one.member !== member.id);
      const on = others.length === reactions.length;
      const now = on ? [...others, { emoji, member: member.id }] : others;
      const { reactions: _____, ...rest } = before;
      messages[at] = { ...rest, ...(now.length > 0 ? { reactions: now } : {}), changedSeq };
      return { kind: 'reaction-set', ...about, emoji, member, on };
    },
  ];
}

type Reading = { readNumber: number; readGeneration: number; calling: number[] };

function readEvent(channel: number, reading: Reading): ReturnType<Body> {
  const { readNumber, readGeneration } = reading;
  const mentions = unreadMentions(reading);
  return { kind: 'channel-read', stream: `member:${me.id}`, channel, readNumber, readGeneration, mentions };
}

function unreadMentions({ calling, readNumber }: Pick<Reading, 'calling' | 'readNumber'>): number {
  return calling.filter((number) => number > readNumber).length;
}

function joining(world: World, id: number): Body {
  return () => {
    const channel = world.channels.get(id);
    channel?.members.add(me.id);
    if (channel) {
      channel.membership = newMembership;
      channel.readGeneration = 0;
    }
    const joined: JoinedChannel = {
      ...(channel?.described ?? newChannel(id)),
      lastNumber: channel?.messages.length ?? 0,
      readNumber: channel?.readNumber ?? 0,
      readGeneration: 0,
      mentions: channel ? unreadMentions(channel) : 0,
      membership: newMembership,
      people: peopleOf(id, world.people),
    };
    return { kind: 'channel-joined', stream: `member:${me.id}`, channel: joined };
  };
}

function answerOf(world: World): ServerState {
  const copied = structuredClone(world);
  const all = [...copied.channels].sort(([a], [b]) => a - b);
  const mine = all.filter(([, { members }]) => members.has(me.id));
  const listed = all.filter(
    ([id, { described, members }]) => id !== direct && (!described.private || members.has(me.id)),
  );
  const channels: JoinedChannel[] = mine.map(
    ([id, { described, messages, readNumber, readGeneration, calling, membership }]) => ({
      ...described,
      readGeneration,
      mentions: unreadMentions({ calling, readNumber }),
      lastNumber: messages.length,
      readNumber,
      membership,
      people: peopleOf(id, copied.people),
    }),
  );
  return {
    workspace: {
      cursor: copied.seq,
      log: 'l',
      workspace: { name: 'W' },
      me: copied.people[0] as Person,
      channels,
      sidebar: copied.sidebar,
      notices: copied.notices,
    },
    directory: {
      cursor: copied.seq,
      channels: listed.map(([, { described, members }]) => ({
        ...described,
        members: members.size,
        joined: members.has(me.id),
      })),
    },
    page({ channel, limit, before, after, around, aroundNumber, aroundTime }) {
      const all = copied.channels.get(channel)?.messages ?? [];
      const from = (fits: (message: Message) => boolean) => {
        const index = all.findIndex(fits);
        return index === -1 ? all.length : index;
      };
      const half = Math.floor(limit / 2);
      const [start, end] =
        after !== undefined
          ? [from(({ id }) => id > after), from(({ id }) => id > after) + limit]
          : around !== undefined || aroundNumber !== undefined || aroundTime !== undefined
            ? [-half, limit - half].map(
                (offset) =>
                  offset +
                  from(
                    ({ id, number, at }) =>
                      id >= (around ?? 0) && number >= (aroundNumber ?? 0) && at >= (aroundTime ?? 0),
                  ),
              )
            : [-limit, 0].map((offset) => offset + from(({ id }) => id >= (before ?? Number.POSITIVE_INFINITY)));
      return {
        cursor: copied.seq,
        messages: all.slice(Math.max(0, start ?? 0), end),
        people: copied.people,
        older: (start ?? 0) > 0,
        newer: (end ?? 0) < all.length,
      };
    },
  };
}
