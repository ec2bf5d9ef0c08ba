import type { LogEvent } from '../../shared/protocol.ts';
import type { Sabotage } from '../options.ts';
import { type Frame, frameOf } from './frame-parser.ts';

/** Frames of one connection in, what the client is to get out. */
export type Tampering = (frame: Frame) => Buffer[];

/** What every tampered connection knows of all of them. */
export type Conspiracy = {
  kind: Sabotage;
  /** Nothing happens before. */
  active: boolean;
  times: number;
  /** The newest message of every channel, on whichever connection it passed. */
  newest: Map<string, Posted>;
};

type Posted = { event: LogEvent; cursor: string };
type DataFrame = { id: number; result: { type: 'data'; id: string; data: { id: string; data: LogEvent } } };

/** One message of so many on a connection is hit. */
const hitEvery = 25;

export function createTampering(conspiracy: Conspiracy): Tampering {
  let count = 0;
  let held: Buffer | undefined;
  let streams: Set<string> | undefined;
  let lastSeq = 0;

  return ({ whole, text }) => {
    const data = text === undefined ? undefined : dataIn(text);
    if (data === undefined) return release(whole);
    const event = data.result.data.data;
    const heads = (event as { heads?: Record<string, number> }).heads;
    if (heads !== undefined) streams = new Set(Object.keys(heads));
    if (event.kind === 'channel-joined') streams?.add(`channel:${event.channel.id}`);
    if (event.kind !== 'message-posted') return release(whole);
    lastSeq = event.seq;
    conspiracy.newest.set(event.stream, { event, cursor: data.result.id });
    if (held !== undefined) return release(whole);
    count += 1;
    return conspiracy.active && count % hitEvery === 0 ? hit(whole, data.id) : [whole];
  };

  /** What was held back comes after what followed it. */
  function release(whole: Buffer): Buffer[] {
    const late = held === undefined ? [] : [held];
    held = undefined;
    return [whole, ...late];
  }

  function hit(whole: Buffer, wireId: number): Buffer[] {
    switch (conspiracy.kind) {
      case 'drop':
        conspiracy.times += 1;
        return [];
      case 'double':
        conspiracy.times += 1;
        return [whole, whole];
      case 'reorder':
        conspiracy.times += 1;
        held = whole;
        return [];
      case 'leak':
        return [whole, ...foreign(wireId)];
    }
  }

  /** A message of a channel that this connection's person isn't in. */
  function foreign(wireId: number): Buffer[] {
    for (const [stream, { event, cursor }] of conspiracy.newest) {
      if (streams === undefined || streams.has(stream) || event.seq <= lastSeq - 1_000) continue;
      conspiracy.times += 1;
      const data = { id: cursor, data: event };
      return [frameOf(JSON.stringify({ id: wireId, result: { type: 'data', id: cursor, data } }))];
    }
    return [];
  }
}

function dataIn(text: string): DataFrame | undefined {
  // Parsing every frame would slow the cluster down; only the durable stream's have an id of their own.
  if (!text.includes('"type":"data","id":"')) return undefined;
  return JSON.parse(text) as DataFrame;
}
