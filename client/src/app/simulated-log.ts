import fc from 'fast-check';
import type { JoinedChannel, ListedChannel, LogEvent, Message, Person } from '../../../shared/protocol.ts';
import type { Conversation } from '../messages/conversation.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

/** A log such as one person, number 1, may see it, and what a server would answer at any of its moments. */
export type SimulatedLog = { events: LogEvent[]; at(seq: number): ServerState };

type ServerState = {
  workspace: WorkspaceData;
  directory: { cursor: number; channels: ListedChannel[] };
  page(channel: number, limit: number): Conversation;
};

const people: Person[] = [1, 2, 3].map((id) => ({ id, name: `Person ${id}`, role: 'member' }));
export const me = people[0] as Person;
const channelIds = [1, 2, 3];

type Deed = {
  kind: 'post' | 'create' | 'join' | 'leave' | 'other-joins' | 'other-leaves' | 'read';
  channel: number;
  person: number;
};

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('post', 'post', 'post', 'create', 'join', 'leave', 'other-joins', 'other-leaves', 'read'),
  channel: fc.constantFrom(...channelIds),
  person: fc.constantFrom(1, 2, 3),
});

export const simulatedLog: fc.Arbitrary<SimulatedLog> = fc.array(deed, { minLength: 5, maxLength: 60 }).map(play);

type World = {
  seq: number;
  channels: Map<number, { members: Set<number>; messages: Message[]; readNumber: number }>;
};

function play(deeds: Deed[]): SimulatedLog {
  const world: World = { seq: 0, channels: new Map() };
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
  const described = { id, name: `channel ${id}`, topic: '', private: false, createdAt: id };
  const author = people[person - 1] as Person;
  if (kind === 'create' && !channel) {
    return [
      () => {
        world.channels.set(id, { members: new Set(person === me.id ? [] : [person]), messages: [], readNumber: 0 });
        return { kind: 'channel-created', stream: 'workspace', channel: described, by: person };
      },
      ...(person === me.id ? [joining(world, id, described)] : []),
    ];
  }
  if (!channel) return [];
  const inside = channel.members.has(me.id);
  if (kind === 'join' && !inside) return [joining(world, id, described)];
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
        channel.messages.push(message);
        if (person === me.id) channel.readNumber = number;
        return { kind: 'message-posted', stream: `channel:${id}`, message, author };
      },
    ];
  if (kind === 'read')
    return [
      () => {
        channel.readNumber = channel.messages.length;
        return { kind: 'channel-read', stream: `member:${me.id}`, channel: id, readNumber: channel.readNumber };
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

function joining(world: World, id: number, described: Record<string, unknown>): Body {
  return () => {
    const channel = world.channels.get(id);
    channel?.members.add(me.id);
    const joined = { ...described, lastNumber: channel?.messages.length ?? 0, readNumber: channel?.readNumber ?? 0 };
    return { kind: 'channel-joined', stream: `member:${me.id}`, channel: joined };
  };
}

function answerOf(world: World): ServerState {
  const copied = structuredClone(world);
  const described = (id: number) => ({ id, name: `channel ${id}`, topic: '', private: false, createdAt: id });
  const all = [...copied.channels].sort(([a], [b]) => a - b);
  const mine = all.filter(([, { members }]) => members.has(me.id));
  const channels: JoinedChannel[] = mine.map(([id, { messages, readNumber }]) => ({
    ...described(id),
    lastNumber: messages.length,
    readNumber,
  }));
  return {
    workspace: { cursor: copied.seq, log: 'l', workspace: { name: 'W' }, me, channels },
    directory: {
      cursor: copied.seq,
      channels: all.map(([id, { members }]) => ({
        ...described(id),
        members: members.size,
        joined: members.has(me.id),
      })),
    },
    page(id, limit) {
      const messages = copied.channels.get(id)?.messages ?? [];
      return {
        cursor: copied.seq,
        messages: messages.slice(-limit),
        people: Object.fromEntries(people.map((person) => [person.id, person])),
        older: messages.length > limit,
        newer: false,
      };
    },
  };
}
