import { connect, type Socket } from 'node:net';
import { listen, onConnect, receive, type Stage } from './staged-socket.ts';
import type { Upstream } from './upstream.ts';

/** All replicas' sockets read into this one buffer: an idle connection holds none of its own. */
const sharedBuffer = Buffer.allocUnsafeSlow(65_536);

/** `stage` gets what the replica sends as a view of the shared buffer. */
export function openUpstreamSocket({ address }: Upstream, stage: Stage): Socket {
  const onread = {
    buffer: sharedBuffer,
    callback: (length: number) => receive(socket, sharedBuffer.subarray(0, length)),
  };
  const socket: Socket =
    'path' in address
      ? connect({ path: address.path, onread })
      : connect({ host: address.host, port: address.port, onread });
  listen(socket, stage);
  return socket.on('connect', onConnect);
}
