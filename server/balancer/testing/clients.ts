import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { closeAfterTest } from './running-balancer.ts';

const webSocketKey = 'dGhlIHNhbXBsZSBub25jZQ==';
/** The answer to `webSocketKey` (RFC 6455, 1.3). */
export const webSocketAccept = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
export const switching = `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${webSocketAccept}\r\n\r\n`;

/** A handshake as a browser sends it; `headers` come on top, an empty `host` leaves the line out. */
export function handshake(headers: string[] = [], { path = '/trpc', host = 'Host: localhost' } = {}): string {
  const lines = [
    `GET ${path} HTTP/1.1`,
    host,
    'Connection: keep-alive, Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${webSocketKey}`,
    ...headers,
  ];
  return `${lines.filter((line) => line !== '').join('\r\n')}\r\n\r\n`;
}

export type RawClient = {
  socket: Socket;
  received(): string;
  /** Resolves with all that came when the other side has said its last. */
  ended: Promise<string>;
};

/** Speaks bytes; stays open when the other side ends, so that a half-open connection shows. */
export function rawClient(port: number, bytes: string | Buffer = ''): RawClient {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  closeAfterTest(() => void socket.destroy());
  let text = '';
  const ended = new Promise<string>((resolve) => {
    for (const event of ['end', 'error', 'close']) socket.on(event, () => resolve(text));
  });
  socket.on('data', (data) => {
    text += data.toString('latin1');
  });
  if (bytes.length > 0) socket.write(bytes);
  return { socket, received: () => text, ended };
}

/** Sends it and waits for the whole answer. */
export async function answerTo(port: number, bytes: string): Promise<string> {
  const client = rawClient(port, bytes);
  const answer = await client.ended;
  client.socket.destroy();
  return answer;
}

/** A real client, once its replica has said who it is. */
export async function openWebSocket(port: number): Promise<{ replica: string; socket: WebSocket }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/trpc`);
  closeAfterTest(() => socket.terminate());
  socket.on('error', () => undefined);
  const [first] = await Promise.race([
    once(socket, 'message'),
    once(socket, 'unexpected-response').then(([, response]) => [`refused ${response.statusCode}`]),
  ]);
  return { replica: String(first), socket };
}
