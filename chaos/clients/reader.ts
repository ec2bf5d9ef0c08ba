import { setTimeout as delay } from 'node:timers/promises';
import type { Frame } from '../../shared/protocol.ts';
import { createObserverRecord, type ObserverRecord } from '../records/ephemeral-record.ts';
import { createReaderRecord, type ReaderRecord } from '../records/reader-record.ts';
import type { StreamNames } from '../records/stream-names.ts';
import { createStockClient, type Doorway, type StockClient } from './stock-client.ts';

/** Somebody's page: both streams, snapshots where a page needs them, and a record of all of it. */
export type Reader = {
  readonly record: ReaderRecord;
  readonly observed: ObserverRecord;
  readonly client: StockClient;
  /** How long it was without a connection, each time, in ms. */
  readonly awayMs: number[];
  /** The longest of them, or how long it is by now. */
  longestAwayMs(): number;
  /** Forgets everything and starts anew: a reload, or with a cursor that is of no use here. */
  restart(lastEventId?: string): void;
  /** Whether it has come as far as these heads in every stream. */
  hasReached(heads: Readonly<Record<string, number>>): boolean;
  close(): void;
};

const retryMs = 100;
const pageSize = 50;

export function createReader(options: { name: string; member: number; names: StreamNames; door: Doorway }): Reader {
  const record = createReaderRecord(options);
  const observed = createObserverRecord(options.name);
  const awayMs: number[] = [];
  let reached = new Map<string, number>();
  let client: StockClient;
  let away: number | undefined;
  let closed = false;

  function follow(mine: StockClient, lastEventId: string | undefined): void {
    let cursor = lastEventId;
    const again = async () => {
      await delay(retryMs);
      if (mine === client && !closed) follow(mine, cursor);
    };
    mine.trpc.events.subscribe(cursor === undefined ? undefined : { lastEventId: cursor }, {
      onData({ id, data }) {
        if (mine !== client) return;
        cursor = id;
        record.take(id, data);
        noteFrame(mine, data);
      },
      onConnectionStateChange({ state }) {
        if (mine === client && state !== 'pending') away ??= performance.now();
      },
      onError: () => void again(),
      onComplete: () => void again(),
    });
  }

  function observe(mine: StockClient): void {
    mine.trpc.ephemeral.subscribe(undefined, {
      onData(data) {
        if (mine === client) observed.take(performance.now(), data);
      },
      onError: () => void delay(retryMs).then(() => mine === client && !closed && observe(mine)),
    });
  }

  function noteFrame(mine: StockClient, frame: Frame): void {
    if ('seq' in frame) {
      reached.set(frame.stream, frame.seq);
      if (frame.kind === 'channel-joined') void takePage(mine, frame.channel.id);
    } else if (frame.kind === 'hello') {
      if (away !== undefined) awayMs.push(performance.now() - away);
      away = undefined;
      if (reached.size === 0) startFrom(mine, frame.heads, frame.head);
    } else if (frame.kind === 'resync') startFrom(mine, frame.heads, frame.head);
  }

  function startFrom(mine: StockClient, heads: Readonly<Record<string, number>>, head: number): void {
    reached = new Map(Object.entries(heads));
    void takeSnapshot(mine, head);
  }

  async function takeSnapshot(mine: StockClient, atLeast: number): Promise<void> {
    const snapshot = await insist(mine, () => mine.trpc.workspace.snapshot.query());
    if (snapshot === undefined) return;
    const { cursor, heads } = snapshot;
    const channels = snapshot.channels.map(({ id, lastNumber }) => ({ id, lastNumber }));
    record.snapshots.push({ cursor, heads, channels, atLeast });
    for (const { id } of channels) await takePage(mine, id);
  }

  /** A channel that was left meanwhile has no page. */
  async function takePage(mine: StockClient, channel: number): Promise<void> {
    const page = await insist(mine, () => mine.trpc.messages.page.query({ channel, limit: pageSize }));
    if (page === undefined) return;
    record.pages.push({ channel, cursor: page.cursor, ids: page.messages.map(({ id }) => id), older: page.older });
  }

  async function insist<T>(mine: StockClient, ask: () => Promise<T>): Promise<T | undefined> {
    while (mine === client && !closed) {
      try {
        return await ask();
      } catch (error) {
        if ((error as { data?: { reason?: string } | null }).data?.reason === 'channel-not-found') return undefined;
        await delay(retryMs);
      }
    }
    return undefined;
  }

  function start(lastEventId: string | undefined): void {
    record.begin();
    reached = new Map();
    client = createStockClient(options.door);
    follow(client, lastEventId);
    observe(client);
  }

  start(undefined);
  return {
    ...{ record, observed, awayMs },
    get client() {
      return client;
    },
    longestAwayMs: () => Math.max(0, ...awayMs, away === undefined ? 0 : performance.now() - away),
    restart(lastEventId) {
      client.close();
      start(lastEventId);
    },
    hasReached: (heads) => Object.entries(heads).every(([stream, seq]) => (reached.get(stream) ?? 0) >= seq),
    close() {
      closed = true;
      client.close();
    },
  };
}
