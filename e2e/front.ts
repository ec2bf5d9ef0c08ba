import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A network between a browser and the cluster, which may swallow what is sent or bring an answer late. */
export type Front = {
  url: string;
  /** From now on nothing is answered, nor refused; or all is again. */
  swallow(on: boolean): void;
  /** The next answer to this path is held; resolves once it is there. */
  holdNext(path: string): Promise<HeldAnswer>;
  stop(): Promise<void>;
};

type HeldAnswer = {
  /** The browser no longer waits for it. */
  givenUp(): boolean;
  release(): void;
  /** Another one comes in its place: the server is busy. */
  refuse(): void;
};

export async function startFront(to: string): Promise<Front> {
  const target = new URL(to);
  let swallowing = false;
  let hold: { path: string; held(answer: HeldAnswer): void } | undefined;
  const server = createServer((asked, response) => {
    if (swallowing) return;
    const { method, url, headers } = asked;
    const passed = request({ host: target.hostname, port: target.port, method, path: url, headers }, (answer) => {
      const pass = () => void passOn(answer, response);
      if (hold === undefined || !url?.startsWith(hold.path)) return pass();
      hold.held({ givenUp: () => response.closed, release: pass, refuse: () => void response.writeHead(503).end() });
      hold = undefined;
    });
    passed.on('error', () => response.destroy());
    asked.pipe(passed);
  });
  const sockets = new Set<{ destroy(): unknown }>();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', ({ method, url, rawHeaders }, socket) => {
    if (swallowing) return;
    const passed = connect(Number(target.port), target.hostname);
    sockets.add(passed);
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
    passed.write(`${method} ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
    const end = () => [socket, passed].forEach((one) => void one.destroy());
    for (const one of [socket, passed]) one.on('error', end).on('close', end);
    passed.on('data', (data) => swallowing || socket.write(data));
    socket.on('data', (data) => swallowing || passed.write(data));
  });
  server.listen(0, target.hostname);
  await once(server, 'listening');
  return {
    url: `http://${target.hostname}:${(server.address() as AddressInfo).port}`,
    swallow(on) {
      swallowing = on;
    },
    holdNext: (path) =>
      new Promise((held) => {
        hold = { path, held };
      }),
    async stop() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function passOn(answer: IncomingMessage, response: ServerResponse): void {
  if (response.closed) return;
  response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  answer.pipe(response);
}
