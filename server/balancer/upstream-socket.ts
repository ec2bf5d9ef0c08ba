import { connect, type Socket } from 'node:net';
import { expectErrors } from './ending.ts';
import type { Upstream } from './upstream.ts';

export type UpstreamSocket = {
  readonly socket: Socket;
  receiver: Receiver;
};

export type Receiver = {
  /** Gets each piece of what the replica sends; false stops the reading until `socket.resume()`. */
  receive(bytes: Buffer): boolean;
};

/** All replicas' sockets read into this one buffer and copy out at once: an idle connection holds none of its own. */
const sharedBuffer = Buffer.allocUnsafeSlow(65_536);
const nobody: Receiver = { receive: () => true };

export function openUpstreamSocket({ address }: Upstream): UpstreamSocket {
  const opened: { socket?: Socket; receiver: Receiver } = { receiver: nobody };
  const socket = connect({
    ...address,
    onread: {
      buffer: sharedBuffer,
      callback: (length) => opened.receiver.receive(Buffer.from(sharedBuffer.subarray(0, length))),
    },
  });
  expectErrors(socket);
  return Object.assign(opened, { socket });
}
