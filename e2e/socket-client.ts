import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Frame } from '../shared/protocol.ts';

/** A WebSocket with the durable stream open, as a browser or a bot has it. */
export type SocketClient = {
  socket: WebSocket;
  /** Who answered. */
  replica: string;
  close(): void;
};

type Told = { id?: unknown; result?: { type?: string; data?: { id?: string; data?: Frame } } };

export function openSocket(url: string, headers: Record<string, string> = {}): WebSocket {
  return new WebSocket(`${url.replace('http', 'ws')}/trpc`, { headers: { origin: url, ...headers } });
}

/** Resolves with the hello. */
export async function openStream(url: string, cookie: string): Promise<SocketClient> {
  const socket = openSocket(url, { cookie });
  const told = new Promise<string>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    socket.on('message', (data) => {
      const frame = (JSON.parse(String(data)) as Told).result?.data?.data;
      if (frame?.kind === 'hello') resolve(frame.replica);
    });
  });
  socket.once('open', () =>
    socket.send('{"id":1,"jsonrpc":"2.0","method":"subscription","params":{"path":"events","input":{}}}'),
  );
  return { socket, replica: await told, close: () => socket.terminate() };
}

/** The code with which the server closes. */
export async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = await once(socket, 'close');
  return Number(code);
}
