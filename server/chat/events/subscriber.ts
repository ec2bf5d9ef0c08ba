import type { Socket } from 'node:net';
import type { Bundle } from './bundle.ts';
import type { Wire } from './wire.ts';

/** One attached connection: what it costs the hub is this, its place in the indexes, and at most 64 KB unsent. */
export type Subscriber = {
  readonly wire: Wire;
  /** The wire's, one step nearer: of a thousand in a row each step is a wait for memory. */
  readonly socket: Socket;
  /** What the client calls the subscription on this socket. */
  readonly wireId: number | string;
  readonly member: number;
  /** All up to here that it may see has been written to its socket; ahead of the hub where the client knows more. */
  position: number;
  state: 'live' | 'behind' | 'detached';
  /** Live only: what this tick has for it. */
  due: Bundle | undefined;
  /** Behind only: somebody is at it. */
  catchingUp: boolean;
};

/** A socket with more than this unsent is written nothing until it drains. */
export const unsentBytesLimit = 65_536;

export function canTakeMore({ wire, state }: Subscriber): boolean {
  return state !== 'detached' && wire.isOpen() && wire.socket.writableLength < unsentBytesLimit;
}

export function write({ wire, state }: Subscriber, frames: Buffer[]): void {
  const [first] = frames;
  if (first === undefined || state === 'detached' || !wire.isOpen()) return;
  wire.socket.write(frames.length === 1 ? first : Buffer.concat(frames));
}
