import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { readTicket } from '../ticket.ts';
import { type LabAnswer, type LabOrder, LabRequest, labLineLimit } from './lab-order.ts';

export type LabDoor = { close(): void };

const silenceLimitMs = 5_000;

/**
 * Where the lab's orders are taken: a socket that this user's processes alone can reach. Whoever brings one
 * shows a ticket that a replica has signed for the lab.
 */
export function openLabDoor(options: {
  path: string;
  ticketsDirectory: string;
  lab: { take(order: LabOrder): LabAnswer | Promise<LabAnswer> };
}): LabDoor {
  const { path, ticketsDirectory, lab } = options;
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    socket.setTimeout(silenceLimitMs, () => socket.destroy());
    socket.on('error', () => socket.destroy());
    takeLine(socket)
      .then(answer)
      .then((given) => socket.end(`${JSON.stringify(given)}\n`))
      .catch(() => socket.destroy()); // whatever went wrong in the lab, the others are kept running
  });
  const before = process.umask(0o177);
  server.listen(path);
  process.umask(before);

  async function answer(line: string): Promise<LabAnswer> {
    const request = parse(line);
    if (request === undefined) return { ok: false, reason: 'bad-order' };
    const ticket = await readTicket(ticketsDirectory, request.ticket, 'lab');
    return ticket === undefined ? { ok: false, reason: 'refused' } : lab.take(request.order);
  }

  return { close: () => void server.close() };
}

function parse(line: string): ReturnType<typeof LabRequest.parse> | undefined {
  try {
    return LabRequest.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** Never resolves where none comes: the socket's silence ends that. */
function takeLine(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (text.length > labLineLimit) socket.destroy();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
  });
}
