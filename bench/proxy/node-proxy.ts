import { createServer, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { createProxyServer as createHttpProxy3 } from 'http-proxy-3';
import { createProxyServer as createHttpxy } from 'httpxy';

/** A proxy of npm as its README sets it up, each connection to the next target. */
const [name, port = '', ...targets] = process.argv.slice(2);
let turn = 0;

createServer()
  .on('upgrade', name === 'httpxy' ? throughHttpxy() : throughHttpProxy3())
  .listen(Number(port), '127.0.0.1', 4_096, () => process.send?.('listening'));
process.on('disconnect', () => process.exit());

function throughHttpxy() {
  const proxy = createHttpxy({ xfwd: true });
  proxy.on('error', () => undefined);
  return (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => undefined);
    void proxy.ws(request, socket, { target: next() }, head);
  };
}

function throughHttpProxy3() {
  const proxy = createHttpProxy3({ xfwd: true });
  proxy.on('error', () => undefined);
  return (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => undefined);
    proxy.ws(request, socket, head, { target: next() });
  };
}

function next(): string {
  turn += 1;
  return targets[turn % targets.length] ?? '';
}
