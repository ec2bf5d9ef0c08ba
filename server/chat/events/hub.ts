import type { Socket } from 'node:net';
import { type Notice, protocolVersion } from '../../../shared/protocol.ts';
import type { MemberStreams, StoredEvent } from '../store/store.ts';
import type { Attached } from './attach-marker.ts';
import { createAudience } from './audience.ts';
import { Bundle } from './bundle.ts';
import { cursorText, resumeFrom } from './cursor.ts';
import { createRing } from './ring.ts';
import { canTakeMore, type Subscriber, unsentBytesLimit, write } from './subscriber.ts';
import { textFrame, trackedText } from './websocket-frame.ts';
import type { Wire } from './wire.ts';

export type Hub = {
  /**
   * Attaches a socket and returns the hello for its caller to send in this turn; everything after it the hub writes
   * itself. `undefined` where this replica can't serve it: close, so that the client comes back.
   */
  attach(connection: Attachment): Attached | undefined;
  /** Takes the events that follow the hub's head, in order, and sends each to who may see it. */
  deliver(events: StoredEvent[]): void;
  /** What was to be delivered up to `seq` is lost: nobody is attached any more, and all begins after that. */
  restart(seq: number): void;
  /** One of `slots` parts of the live connections hears that theirs lives. */
  heartbeat(slot: number, slots: number): void;
  /** Whether an attached person may read a stream, as of the hub's head. */
  mayRead(member: number, stream: string): boolean;
  /** The sockets that follow a stream and keep up. */
  socketsOf(stream: string): Iterable<Socket>;
  readonly head: number;
  readonly subscribers: number;
  /** Events written to connections so far. */
  readonly delivered: number;
};

export type Attachment = {
  wire: Wire;
  wireId: number | string;
  member: number;
  streams: MemberStreams;
  lastEventId: string | undefined;
};

export type HubOptions = {
  log: string;
  head: number;
  replica: string;
  version: string;
  readAfter(seq: number, limit: number): Promise<StoredEvent[]>;
  onError(error: unknown): void;
};

/** Events of the log read at once for a connection that the ring can't serve. */
const pageSize = 200;
/** What takes words out of earlier events. */
const emptying = new Set(['message-deleted', 'message-edited', 'message-previewed']);

/**
 * One a replica. Live subscribers are found by stream and get shared frames as they come, one write a tick; one that
 * doesn't drain falls behind with nothing but its position, and is served from the ring, then from the log, as fast as
 * it reads.
 */
export function createHub(options: HubOptions): Hub {
  const { log, replica, version } = options;
  const ring = createRing(log, options.head);
  let audience = createAudience(ring);
  let head = options.head;
  let delivered = 0;

  return {
    attach({ wire, wireId, member, streams, lastEventId }) {
      const { kind, position } = resumeFrom(lastEventId, streams);
      const subscriber: Subscriber = {
        wire,
        socket: wire.socket,
        wireId,
        member,
        position,
        state: 'behind',
        due: undefined,
        catchingUp: false,
      };
      if (!audience.enter(subscriber, streams)) return undefined;
      const { head: logHead, heads } = streams;
      // After the hello, which its caller sends in this turn.
      setImmediate(() => {
        if (kind === 'resync') notify(subscriber, { kind, head: logHead, heads });
        void catchUp(subscriber);
      });
      const hello: Notice = {
        kind: 'hello',
        protocol: protocolVersion,
        version,
        log,
        replica,
        member,
        head: logHead,
        heads,
      };
      // A hello that resyncs keeps the refused cursor: should the connection die now, the next one resyncs again.
      const firstFrame = trackedText(wireId, lastEventId ?? cursorText(log, position), JSON.stringify(hello));
      return { firstFrame, detach: () => detach(subscriber) };
    },

    deliver(events) {
      const alone = events.length === 1;
      const touched: Subscriber[] = [];
      for (const event of events) {
        if (emptying.has(event.kind)) ring.empty((JSON.parse(event.payload) as { emptied?: number[] }).emptied ?? []);
        const entry = ring.push(event);
        head = event.seq;
        audience.apply(event);
        const first = Bundle.empty.with(entry);
        for (const subscriber of audience.listenersOf(event.stream)) {
          if (event.seq <= subscriber.position) continue; // its client knew more than this replica
          if (alone) {
            send(subscriber, first);
            continue;
          }
          if (subscriber.due === undefined) touched.push(subscriber);
          subscriber.due = subscriber.due?.with(entry) ?? first;
        }
      }
      for (const subscriber of touched) {
        const { due } = subscriber;
        subscriber.due = undefined;
        if (due !== undefined) send(subscriber, due);
      }
    },

    restart(seq) {
      for (const subscriber of audience) subscriber.state = 'detached';
      audience = createAudience(ring);
      ring.restart(seq);
      head = seq;
    },

    heartbeat(slot, slots) {
      let index = 0;
      for (const subscriber of audience) {
        if (index % slots === slot && subscriber.state === 'live') beat(subscriber);
        index += 1;
      }
    },

    mayRead: (member, stream) => audience.mayRead(member, stream),
    *socketsOf(stream) {
      for (const { wire } of audience.listenersOf(stream)) yield wire.socket;
    },
    get head() {
      return head;
    },
    get subscribers() {
      return audience.size;
    },
    get delivered() {
      return delivered;
    },
  };

  function detach(subscriber: Subscriber): void {
    subscriber.state = 'detached';
    audience.leave(subscriber);
  }

  /** What a tick has for one that is live, which is always open: whoever says goodbye detaches in the same moment. */
  function send(subscriber: Subscriber, due: Bundle): void {
    const { socket, wireId } = subscriber;
    if (subscriber.state !== 'live') return;
    if (due.length <= unsentBytesLimit && due.last !== undefined) {
      socket.write(due.bytesFor(wireId));
      delivered += due.events;
      subscriber.position = due.last.seq;
      if (socket.writableLength < unsentBytesLimit) return;
    }
    audience.fallBehind(subscriber);
    void catchUp(subscriber); // too much for one write, or for its socket
  }

  /** Everything of the log up to the head that it may see was written: its position is the head. */
  function beat(subscriber: Subscriber): void {
    subscriber.position = Math.max(subscriber.position, head);
    notify(subscriber, { kind: 'heartbeat' });
  }

  /** Serves a subscriber that is behind until it is at the head or its socket is full; `drain` goes on. */
  async function catchUp(subscriber: Subscriber): Promise<void> {
    if (subscriber.catchingUp) return;
    subscriber.catchingUp = true;
    try {
      while (subscriber.state === 'behind' && canTakeMore(subscriber)) {
        if (subscriber.position >= head) audience.goLive(subscriber);
        else if (subscriber.position >= ring.start) writeFromRing(subscriber);
        else await writeFromLog(subscriber);
      }
    } catch (error) {
      options.onError(error);
      subscriber.wire.socket.destroy(); // it comes back with its cursor
    } finally {
      subscriber.catchingUp = false;
    }
    if (subscriber.state === 'behind') subscriber.wire.socket.once('drain', () => void catchUp(subscriber));
  }

  function writeFromRing(subscriber: Subscriber): void {
    const frames: Buffer[] = [];
    let bytes = 0;
    for (const entry of ring.after(subscriber.position)) {
      if (bytes >= unsentBytesLimit) break;
      subscriber.position = entry.seq;
      if (!audience.maySee(subscriber.member, entry)) continue;
      const frame = entry.frameFor(subscriber.wireId);
      frames.push(frame);
      delivered += 1;
      bytes += frame.length;
    }
    write(subscriber, frames);
  }

  async function writeFromLog(subscriber: Subscriber): Promise<void> {
    const { start } = ring;
    const events = await options.readAfter(subscriber.position, pageSize);
    // No further than the hub has come: what they may read is known as of that moment.
    const known = events.filter(({ seq }) => seq <= head);
    const frames = known
      .filter((event) => audience.maySee(subscriber.member, event))
      .map(({ seq, payload }) => textFrame(trackedText(subscriber.wireId, cursorText(log, seq), payload)));
    // Where nothing lies between, the ring goes on.
    subscriber.position = known.at(-1)?.seq ?? start;
    delivered += frames.length;
    write(subscriber, frames);
  }

  function notify(subscriber: Subscriber, notice: Notice): void {
    const cursor = cursorText(log, subscriber.position);
    write(subscriber, [textFrame(trackedText(subscriber.wireId, cursor, JSON.stringify(notice)))]);
  }
}
