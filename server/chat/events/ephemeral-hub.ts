import type { Socket } from 'node:net';
import type { Ephemeral } from '../../../shared/protocol.ts';
import { textFrame } from './websocket-frame.ts';
import type { Wire } from './wire.ts';

/** Connections that want what is of this moment only. Whoever is slow misses it. */
export type EphemeralHub = {
  /** Returns what detaches it. */
  attach(wire: Wire, wireId: number | string): () => void;
  /** To those of `sockets` that are attached. */
  send(ephemeral: Ephemeral, sockets: Iterable<Socket>): void;
  /** To all; who is too slow for it is made up to. */
  broadcast(ephemeral: Ephemeral): void;
  /** To those who missed a broadcast and read again: what is true by now. */
  makeUp(truth: () => Ephemeral): void;
};

/** The durable stream may use four times as much. */
const unsentBytesLimit = 16_384;

export function createEphemeralHub(): EphemeralHub {
  const listeners = new Map<Socket, { wire: Wire; wireId: number | string }>();
  const missed = new Set<Socket>();

  function send(ephemeral: Ephemeral, sockets: Iterable<Socket>, onTooSlow?: (socket: Socket) => void): void {
    const payload = JSON.stringify(ephemeral);
    const frames = new Map<number | string, Buffer>();
    for (const socket of sockets) {
      const listener = listeners.get(socket);
      if (!listener?.wire.isOpen()) continue;
      if (tooSlow(socket)) {
        onTooSlow?.(socket);
        continue;
      }
      const { wireId } = listener;
      const frame = frames.get(wireId) ?? textFrame(untrackedText(wireId, payload));
      frames.set(wireId, frame);
      socket.write(frame);
    }
  }

  return {
    attach(wire, wireId) {
      const { socket } = wire;
      listeners.set(socket, { wire, wireId });
      return () => {
        listeners.delete(socket);
        missed.delete(socket);
      };
    },
    send: (ephemeral, sockets) => send(ephemeral, sockets),
    broadcast: (ephemeral) => send(ephemeral, listeners.keys(), (socket) => missed.add(socket)),
    makeUp(truth) {
      const reading = [...missed].filter((socket) => !tooSlow(socket));
      if (reading.length === 0) return;
      for (const socket of reading) missed.delete(socket);
      send(truth(), reading);
    },
  };
}

function tooSlow({ writableLength }: Socket): boolean {
  return writableLength > unsentBytesLimit;
}

/** The text of a tRPC answer to a subscription whose values have no id. */
export function untrackedText(wireId: number | string, payload: string): string {
  return `{"id":${JSON.stringify(wireId)},"result":{"type":"data","data":${payload}}}`;
}
