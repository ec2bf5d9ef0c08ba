import type { MemberStreams, StoredEvent } from '../store/store.ts';
import { memberOfStream, membershipChange, type ReadableStreams, readableFrom } from './readable-streams.ts';
import type { Ring } from './ring.ts';
import type { Subscriber } from './subscriber.ts';

/** Who is attached, what each person may read as of the hub's head, and who listens live to a stream. */
export type Audience = {
  readonly size: number;
  /** False where what was read of the tables is older than the ring: no telling what has changed since. */
  enter(subscriber: Subscriber, streams: MemberStreams): boolean;
  leave(subscriber: Subscriber): void;
  mayRead(member: number, stream: string): boolean;
  /** Whether an event lies in the time in which they may read its stream. */
  maySee(member: number, event: Pick<StoredEvent, 'seq' | 'stream'>): boolean;
  listenersOf(stream: string): Iterable<Subscriber>;
  goLive(subscriber: Subscriber): void;
  fallBehind(subscriber: Subscriber): void;
  /** Takes every event in order; one of somebody's own stream may change what they may read. */
  apply(event: StoredEvent): void;
  [Symbol.iterator](): Iterator<Subscriber>;
};

type Person = { readable: ReadableStreams; subscribers: Set<Subscriber> };

const nobody: Iterable<Subscriber> = [];

export function createAudience(ring: Ring): Audience {
  const people = new Map<number, Person>();
  const liveByStream = new Map<string, Set<Subscriber>>();
  let size = 0;

  return {
    get size() {
      return size;
    },
    enter(subscriber, streams) {
      const person = people.get(subscriber.member) ?? meet(subscriber.member, streams);
      person?.subscribers.add(subscriber);
      if (person !== undefined) size += 1;
      return person !== undefined;
    },
    leave(subscriber) {
      const person = people.get(subscriber.member);
      if (person === undefined || !person.subscribers.delete(subscriber)) return;
      size -= 1;
      for (const stream of person.readable.since.keys()) unlist(stream, subscriber);
      if (person.subscribers.size === 0) people.delete(subscriber.member);
    },
    mayRead: (member, stream) => people.get(member)?.readable.since.has(stream) ?? false,
    maySee: (member, { stream, seq }) =>
      seq > (people.get(member)?.readable.since.get(stream) ?? Number.POSITIVE_INFINITY),
    listenersOf: (stream) => liveByStream.get(stream) ?? nobody,
    goLive(subscriber) {
      subscriber.state = 'live';
      // One that is joined further on is listed when that comes by.
      for (const [stream, since] of people.get(subscriber.member)?.readable.since ?? [])
        if (since <= subscriber.position) list(stream, subscriber);
    },
    fallBehind(subscriber) {
      subscriber.state = 'behind';
      for (const stream of people.get(subscriber.member)?.readable.since.keys() ?? []) unlist(stream, subscriber);
    },
    apply(event) {
      const member = memberOfStream(event.stream);
      const person = member === undefined ? undefined : people.get(member);
      if (person !== undefined) change(person, event);
    },
    *[Symbol.iterator]() {
      for (const { subscribers } of people.values()) yield* subscribers;
    },
  };

  /** The tables were read at `streams.head`; the hub may be past it, and the ring has what lies between. */
  function meet(member: number, streams: MemberStreams): Person | undefined {
    if (streams.head < ring.start) return undefined;
    const person: Person = { readable: readableFrom(streams), subscribers: new Set() };
    people.set(member, person);
    for (const entry of ring.after(streams.head)) if (entry.stream === `member:${member}`) change(person, entry);
    return person;
  }

  function change({ readable, subscribers }: Person, event: StoredEvent): void {
    const changed = membershipChange(event);
    const known = event.seq <= readable.asOf;
    if (known && (changed === undefined || readable.since.get(changed.stream) !== event.seq)) return;
    if (changed?.kind === 'channel-joined') {
      readable.since.set(changed.stream, event.seq);
      for (const subscriber of subscribers) if (subscriber.state === 'live') list(changed.stream, subscriber);
    } else if (changed?.kind === 'channel-left') {
      readable.since.delete(changed.stream);
      // At once: also what this tick had for them.
      for (const subscriber of subscribers) {
        unlist(changed.stream, subscriber);
        subscriber.due = subscriber.due?.without(changed.stream);
      }
    }
  }

  function list(stream: string, subscriber: Subscriber): void {
    const listeners = liveByStream.get(stream);
    if (listeners) listeners.add(subscriber);
    else liveByStream.set(stream, new Set([subscriber]));
  }

  function unlist(stream: string, subscriber: Subscriber): void {
    const listeners = liveByStream.get(stream);
    listeners?.delete(subscriber);
    if (listeners?.size === 0) liveByStream.delete(stream);
  }
}
