import type { QueryClient } from '@tanstack/react-query';
import type { LogEvent, Person } from '../../../shared/protocol.ts';
import { closeCodes } from '../../../shared/refusals.ts';
import { type Cell, createCell, until } from '../cell.ts';
import { type Arrivals, createArrivals } from '../connection/arrivals.ts';
import { isOnline } from '../connection/connection-state.ts';
import { followLog, type LogFollower } from '../connection/follow-log.ts';
import { createSnapshotReader, type SnapshotReader } from '../connection/read-as-of.ts';
import { watchNetwork } from '../connection/watch-network.ts';
import { startUploads } from '../files/start-uploads.ts';
import type { Upload, Uploads } from '../files/upload.ts';
import { keepPerson, ownerOf, watchForgetting } from '../kept-person.ts';
import * as drafts from '../messages/drafts.ts';
import { openOutboxStorageLater } from '../messages/later-outbox-storage.ts';
import { type OutboxRunner, runOutbox } from '../messages/send-outbox.ts';
import { applyToStatuses, type Statuses } from '../people/statuses.ts';
import { followNearby, type NearbyFollower } from '../presence/follow-nearby.ts';
import { greetings } from '../release.ts';
import { type Ask, createAsk } from '../wire/ask.ts';
import { createSocket } from '../wire/socket.ts';
import { askAnewAfter, createCache, dropChannel } from './cache.ts';
import { applyToCache, isOfTheLog } from './cached-data.ts';
import { forgetState } from './forget-person.ts';
import type { StateKeeper } from './keep-state.ts';
import { lookForUnsent } from './look-for-unsent.ts';
import type { KeptState } from './restore-kept.ts';

const probeMs = 3_000;

/** All that lives from signing in to signing out: one socket, one stream, the cache and the outbox. */
export type Session = {
  me: number;
  ask: Ask;
  queryClient: QueryClient;
  follower: LogFollower;
  reader: SnapshotReader;
  outbox: OutboxRunner;
  /** Files above the composers, and those of unsent messages. */
  uploads: Uploads;
  nearby: NearbyFollower;
  arrivals: Arrivals;
  /** There and back, over the one socket. */
  ping(signal: AbortSignal): Promise<unknown>;
  /** The newest message of somebody else, to be announced. */
  latest: Cell<Extract<LogEvent, { kind: 'message-posted' }> | undefined>;
  /** The last event, once what is cached has it. */
  heard: Cell<LogEvent | undefined>;
  /** Set when the server closed the connection for a frame above its limit. */
  tooLarge: Cell<boolean>;
  /** What the others are up to, as far as it isn't over. */
  statuses: Cell<Statuses>;
  /** Asks for them, where they aren't known; nothing on the page observes that, so they are kept. */
  readStatuses(): Promise<unknown>;
  /** Hears of each event after it was applied; returns what ends that. */
  listen(listener: Listener): () => void;
  /** Passes on to the server what was begun here. */
  flushDrafts(): Promise<void>;
  /** Set while the person signs out: that the session ends then is no news. */
  leaving: boolean;
  stop(): void;
};

type Listener = (event: LogEvent | 'resync') => void;

export function startSession(person: { me: Person; workspace: string }, kept: KeptState | undefined): Session {
  const me = person.me.id;
  const tooLarge = createCell(false);
  const listeners = new Set<Listener>();
  const latest: Session['latest'] = createCell<Extract<LogEvent, { kind: 'message-posted' }> | undefined>(undefined);
  const heard = createCell<LogEvent | undefined>(undefined);
  const queryClient = createCache();
  for (const [key, data] of kept?.cached ?? []) queryClient.setQueryData(key, data);

  const socket = createSocket((code) => {
    if (code === closeCodes.signedOut) {
      follower.endSession();
      socket.close();
    }
    if (code === closeCodes.tooLarge) {
      tooLarge.set(true);
      outbox.tooLarge();
    }
  });
  const ask = createAsk(socket);
  const arrivals = createArrivals();

  const follower = followLog(
    ask,
    {
      onEvent(event) {
        reader.note(event);
        applyToCache(queryClient, event);
        heard.set(event);
        // What was to be read out is gone.
        if (event.kind === 'message-deleted' && latest.get()?.message.id === event.message) latest.set(undefined);
        askAnewAfter(queryClient, event);
        for (const listener of listeners) listener(event);
        if (event.kind === 'channel-left') dropChannel(queryClient, event.channel);
        if (event.kind === 'channel-left' || event.kind === 'message-deleted') keeper?.hurry();
        if (event.kind !== 'message-posted') return;
        const { channel, thread, author } = event.message;
        const state = follower.state.get();
        if (isOnline(state)) arrivals.note(event.seq, { replica: state.replica, at: Date.now() });
        nearby.sent({ channel, thread, member: author });
        if (author === me) outbox.logged([event.message]);
        else latest.set(event);
      },
      onResync() {
        reader.forget();
        const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => isOfTheLog(queryKey);
        queryClient.removeQueries({ predicate, type: 'inactive' });
        void queryClient.refetchQueries({ predicate }, { cancelRefetch: false });
        for (const listener of listeners) listener('resync');
      },
      onStranger: () => void forgetState(),
    },
    { me, from: kept },
  );

  let keeper: StateKeeper | undefined;
  let stopped = false;
  let stopAccompanying = () => {};
  const owner = kept
    ? Promise.resolve(`${kept.log}.${me}`)
    : until(follower.state, isOnline).then(({ log }) => `${log}.${me}`);
  void until(follower.state, isOnline).then(async ({ log }) => {
    keepPerson({ log, ...person });
    const [{ keepState }, { accompany }] = await Promise.all([import('./keep-state.ts'), import('./accompany.ts')]);
    if (stopped) return;
    keeper = keepState({ queryClient, follower, owner: ownerOf({ log, ...person }), recent: kept?.recent ?? [] });
    stopAccompanying = accompany(session, ownerOf({ log, ...person }), drafts);
  });
  const stopListening = watchForgetting(() => {
    follower.endSession();
    socket.close();
  });

  const nearby = followNearby(ask);

  const reader = createSnapshotReader({
    online: () => until(follower.state, isOnline),
    position: () => follower.proof.get().position,
  });

  const outbox = runOutbox({
    async send(message, signal) {
      const startedAt = Date.now();
      const sent = await ask.messages.send.mutate(message, { signal });
      arrivals.note(sent.seq, { answeredAfterMs: Date.now() - startedAt });
      return sent;
    },
    change(message, change, signal) {
      const { edit, delete: remove, react } = ask.messages;
      if (change.kind === 'edit') return edit.mutate({ message, text: change.text }, { signal });
      if (change.kind === 'delete') return remove.mutate({ message }, { signal });
      return react.mutate({ message, emoji: change.emoji, on: change.on }, { signal });
    },
    isOnline: () => isOnline(follower.state.get()),
    onSilence: () => reconnect(),
    storage: openOutboxStorageLater(owner),
  });

  const uploads = createCell<readonly Upload[]>([]);
  const stopUploads = startUploads({
    ...{ uploads, owner, entries: outbox.entries, attach: outbox.attach },
    limits: () => ask.files.limits.query(),
    describe: (id) => ask.files.describe.query({ id }),
  });

  const stopLooking = lookForUnsent(queryClient, outbox, me);
  const stopPumping = follower.state.subscribe(() => {
    const state = follower.state.get();
    // For whoever looks from outside: which replica serves this page.
    if (isOnline(state)) document.documentElement.dataset.replica = state.replica;
    else delete document.documentElement.dataset.replica;
    outbox.pump();
    // Another tab may have ended without having sent all of its own.
    if (isOnline(state)) outbox.adopt();
    if (isOnline(state)) greetings.set(greetings.get() + 1);
  });
  /** The socket may be dead without knowing it: a new one doesn't wait for the old one to find out. */
  const reconnect = () => {
    if (follower.state.get().kind === 'signed-out') return;
    socket.replace();
    follower.resume();
    nearby.resume();
  };
  const stopWaking = watchNetwork({
    onWake: reconnect,
    onDoubt: () => void ask.identity.status.query(undefined, { signal: AbortSignal.timeout(probeMs) }).catch(reconnect),
  });

  const session: Session = {
    me,
    ask,
    queryClient,
    follower,
    reader,
    outbox,
    uploads,
    nearby,
    arrivals,
    ping: (signal) => ask.cluster.ping.query(undefined, { signal }),
    latest,
    heard,
    tooLarge,
    statuses: createCell<Statuses>(new Map()),
    readStatuses: () =>
      queryClient.fetchQuery({
        queryKey: ['statuses'],
        queryFn: () => reader.read((signal) => ask.members.statuses.query(undefined, { signal }), applyToStatuses),
        gcTime: Number.POSITIVE_INFINITY,
      }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    flushDrafts: () => Promise.resolve(),
    leaving: false,
    stop() {
      stopped = true;
      keeper?.stop();
      stopAccompanying();
      stopListening();
      stopLooking();
      stopPumping();
      stopWaking();
      outbox.stop();
      stopUploads();
      follower.stop();
      nearby.stop();
      socket.close();
      queryClient.clear();
      delete document.documentElement.dataset.replica;
    },
  };
  return session;
}
