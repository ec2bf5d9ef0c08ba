import { hash } from 'node:crypto';
import { createServer, type Socket } from 'node:net';

/** What stands behind every proxy: it answers handshakes, sends frames at a pace, and one for whatever it is sent. */
export type UpstreamOrder = { kind: 'pace'; framesPerSecond: number } | { kind: 'stop' };

const payloadLength = 250;
const frame = Buffer.concat([Buffer.from([0x81, 126, 0, payloadLength]), Buffer.alloc(payloadLength, 'x')]);
const acceptSalt = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const tickMs = 5;

const open = new Set<Socket>();
const addresses = process.argv.slice(2);
let listening = 0;
for (const address of addresses) {
  const server = createServer(serve);
  server.listen(Number(address) > 0 ? { port: Number(address), host: '127.0.0.1' } : { path: address }, 4_096, () => {
    listening += 1;
    if (listening === addresses.length) process.send?.('listening');
  });
}

let pacing: NodeJS.Timeout | undefined;
process.on('message', (order: UpstreamOrder) => {
  clearInterval(pacing);
  if (order.kind === 'pace') pace(order.framesPerSecond);
});

/** To each connection in turn, so that every frame is a packet and a wake-up of its own. */
function pace(framesPerSecond: number): void {
  const sockets = [...open];
  const startedAt = performance.now();
  let sent = 0;
  pacing = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAt) * framesPerSecond) / 1_000);
    for (; sent < due; sent += 1) sockets[sent % sockets.length]?.write(frame);
  }, tickMs);
}

function serve(socket: Socket): void {
  let head = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    if (open.has(socket)) {
      socket.write(frame);
      return;
    }
    head += data.toString('latin1');
    if (!head.endsWith('\r\n\r\n')) return;
    const key = /\r\nsec-websocket-key: ?([^\r]+)\r\n/i.exec(head)?.[1];
    if (key === undefined) {
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    const accept = hash('sha1', `${key}${acceptSalt}`, 'base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
}
process.on('disconnect', () => process.exit());
