import { chmod, mkdir, readdir, unlink } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { type Bus, type BusEvents, BusMessage } from './bus.ts';
import { readLines } from './lines.ts';

const rescanMs = 1_000;
const suffix = '.sock';

/** Above this a peer that doesn't read loses hints; its safety net finds what they told. */
const unsentBytesLimit = 65_536;

/** Characters; everyone who is online on one replica takes far less. */
const lineLimit = 1_048_576;

const replicaName = /^[a-z0-9][a-z0-9-]{0,30}$/;

/** A stopped process keeps its sockets open: only its silence tells. */
const silenceLimitMs = 5_000;

/**
 * A mesh of Unix sockets: each replica listens on `<directory>/<id>.sock` and connects to every other one there. Lines
 * of JSON; the first names the sender.
 */
export async function createUnixBus(options: { directory: string; id: string } & BusEvents): Promise<Bus> {
  const { directory, id } = options;
  const own = `${id}${suffix}`;
  const inbound = new Set<Socket>();
  const outbound = new Map<string, Socket>();
  const heardAt = new Map<string, number>();
  let isolatedUntil = 0;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700); // what is said here is believed; of a folder that was there `mkdir` changes nothing
  await unlink(join(directory, own)).catch(() => undefined);

  const isIsolated = () => performance.now() < isolatedUntil;

  const server = createServer((socket) => {
    if (isIsolated()) return void socket.destroy();
    let from: string | undefined;
    inbound.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      inbound.delete(socket);
      if (from !== undefined) lose(from);
    });
    readLines(socket, lineLimit, (line) => {
      if (from === undefined) {
        if (!replicaName.test(line)) return void socket.destroy();
        from = line;
        void connectToPeers(); // whoever came last has been found; find it too
      }
      heardAt.set(from, performance.now());
      const message = line.startsWith('{') ? parse(line) : undefined;
      if (message !== undefined) options.onMessage(message, from);
    });
  });
  await listen(server, join(directory, own));
  await chmod(join(directory, own), 0o600);

  function lose(peer: string): void {
    if (heardAt.delete(peer)) options.onPeerLost(peer);
  }

  async function connectToPeers(): Promise<void> {
    if (isIsolated()) return;
    const names = await readdir(directory).catch(() => []);
    for (const name of names) if (name.endsWith(suffix) && name !== own && !outbound.has(name)) connectTo(name);
  }

  function connectTo(name: string): void {
    const socket = connect(join(directory, name), () => {
      socket.write(`${id}\n`);
      for (const message of options.greeting()) send(socket, message);
    });
    outbound.set(name, socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => outbound.delete(name));
    socket.resume();
  }

  await connectToPeers();
  const upkeep = setInterval(() => {
    void connectToPeers();
    for (const socket of outbound.values()) if (socket.writableLength === 0) socket.write('\n');
    for (const [peer, at] of heardAt) if (performance.now() - at > silenceLimitMs) lose(peer);
  }, rescanMs);

  return {
    publish(message) {
      for (const socket of outbound.values()) send(socket, message);
    },
    isolate(forMs) {
      isolatedUntil = performance.now() + forMs;
      for (const socket of [...outbound.values(), ...inbound]) socket.destroy();
    },
    async close() {
      clearInterval(upkeep);
      const closed = new Promise((resolve) => server.close(resolve)); // unlinks the path
      for (const socket of [...outbound.values(), ...inbound]) socket.destroy();
      await closed;
    },
  };
}

function send(socket: Socket, message: BusMessage): void {
  if (!socket.connecting && socket.writable && socket.writableLength < unsentBytesLimit)
    socket.write(`${JSON.stringify(message)}\n`);
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** A peer of another release may say what this one doesn't know. */
function parse(line: string): BusMessage | undefined {
  try {
    return BusMessage.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
