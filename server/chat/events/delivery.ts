import type { Ephemeral } from '../../../shared/protocol.ts';
import type { ReplicaFigures } from '../../../shared/replica-figures.ts';
import { type BusMessage, committed } from '../bus/bus.ts';
import { createUnixBus } from '../bus/unix-bus.ts';
import { createPresence, isChange, type Presence } from '../presence/presence.ts';
import type { Appended, Store, StoredEvent } from '../store/store.ts';
import { createEphemeralHub, type EphemeralHub } from './ephemeral-hub.ts';
import { createHub, type Hub } from './hub.ts';
import { followLog } from './log-follower.ts';

/** All that leads from the log and from the other replicas to this replica's connections. */
export type Delivery = {
  hub: Hub;
  ephemeralHub: EphemeralHub;
  presence: Presence;
  /** A commit of this replica's own, and what it appended where that is known: for here, and for the others. */
  committed(batch: { size: number; appended: Appended | undefined }): void;
  typing(typing: { channel: number; thread?: number; member: number; name: string }): void;
  /** To the other replicas: how this one is. */
  publishFigures(figures: ReplicaFigures): void;
  /** Cuts this replica off from the others for a while. */
  isolate(forMs: number): void;
  stop(): Promise<void>;
};

const heartbeatSlots = 15;
const heartbeatEveryMs = 1_000;

/** Changes of presence are gathered for this long; everything is said anew after `presenceRefreshTicks` of them. */
const presenceTickMs = 500;
const presenceRefreshTicks = 20;

export async function startDelivery(options: {
  store: Store;
  replica: string;
  version: string;
  busDirectory: string;
  onEvent(event: StoredEvent): void;
  /** Events are lost to this replica: whoever is connected has to come anew. */
  onGap(): void;
  /** Events went out to the connections; `last` is the last of them. */
  onSentOut(last: StoredEvent): void;
  figures: { note(replica: string, figures: ReplicaFigures): void; lost(replica: string): void };
  onError(error: unknown): void;
}): Promise<Delivery> {
  const { store, replica, version, onError } = options;
  const { head } = await store.range();
  const presence = createPresence();
  const ephemeralHub = createEphemeralHub();
  const hub = createHub({ log: store.log, head, replica, version, readAfter, onError });
  const follower = followLog({
    store,
    head,
    onError,
    onGap(seq) {
      hub.restart(seq);
      options.onGap();
    },
    onEvents(events) {
      for (const event of events) options.onEvent(event);
      hub.deliver(events);
      const last = events.at(-1);
      if (last !== undefined) options.onSentOut(last);
    },
  });

  /** The log may be pruned at any time: what was read is whole if it still goes back so far afterwards. */
  async function readAfter(seq: number, limit: number): Promise<StoredEvent[]> {
    const events = await store.readAfter(seq, limit);
    if ((await store.range()).from > seq) throw new Error('The log was pruned past a connection that was reading it');
    return events;
  }

  const showTyping = (typing: Extract<Ephemeral, { kind: 'typing' }>) =>
    ephemeralHub.send(typing, hub.socketsOf(`channel:${typing.channel}`));

  const presentHere = (): BusMessage => {
    const { online, away } = presence.toldOwn();
    return { kind: 'present', members: online, away };
  };

  const bus = await createUnixBus({
    directory: options.busDirectory,
    id: replica,
    greeting: () => [{ kind: 'committed', size: 0 }, presentHere()],
    onPeerLost(id) {
      presence.lost(id);
      options.figures.lost(id);
    },
    onMessage(message, from) {
      switch (message.kind) {
        case 'committed':
          store.othersCommitted(from, message.size);
          return message.appended?.log === store.log ? follower.offer(message.appended) : follower.wake();
        case 'typing':
          return showTyping(message);
        case 'present':
          return presence.replaced(from, message.members, message.away);
        case 'figures':
          return options.figures.note(from, message.figures);
        case 'presence-changed':
          return presence.changed(from, message);
      }
    },
  });

  /** Pages say it every few seconds; who says it oftener is heard once a second, since everybody hears it. */
  const saidTyping = new Set<string>();

  let slot = 0;
  const heartbeat = setInterval(() => {
    saidTyping.clear();
    hub.heartbeat(slot, heartbeatSlots);
    slot = (slot + 1) % heartbeatSlots;
  }, heartbeatEveryMs);

  let presenceTick = 0;
  const presenceTimer = setInterval(() => {
    presenceTick += 1;
    const { own, everywhere, gone } = presence.takeChanges();
    if (presenceTick % presenceRefreshTicks === 0) bus.publish(presentHere());
    else if (isChange(own)) bus.publish({ kind: 'presence-changed', ...own });
    if (isChange(everywhere)) ephemeralHub.broadcast({ kind: 'presence-changed', ...everywhere });
    ephemeralHub.makeUp(() => ({ kind: 'present', ...presence.toldAll() }));
    // Of this much only the time is kept, and losing it once is nothing.
    if (gone.length > 0) store.write({ kind: 'note-seen', members: gone }).catch(() => undefined);
  }, presenceTickMs);

  return {
    hub,
    ephemeralHub,
    presence,
    committed(batch) {
      const { appended } = batch;
      bus.publish(committed(store.log, batch));
      if (appended === undefined) follower.wake();
      else follower.offer(appended);
    },
    typing(typing) {
      const key = `${typing.member} ${typing.channel} ${typing.thread}`;
      if (saidTyping.has(key)) return;
      saidTyping.add(key);
      showTyping({ kind: 'typing', ...typing });
      bus.publish({ kind: 'typing', ...typing });
    },
    isolate: bus.isolate,
    publishFigures: (figures) => bus.publish({ kind: 'figures', figures }),
    async stop() {
      clearInterval(heartbeat);
      clearInterval(presenceTimer);
      await follower.stop();
      await bus.close();
    },
  };
}
