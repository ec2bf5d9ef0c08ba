import { existsSync, statSync, unlinkSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { hiddenRunDirectoryOf, runDirectoryOf } from '../cluster/cluster.ts';
import type { Sabotage } from '../options.ts';
import { createFrameParser } from './frame-parser.ts';
import { type Conspiracy, createTampering } from './tamper.ts';

/** Stands between the balancer and one replica, and plants one kind of fault in what that one delivers. */
export type Saboteur = {
  replica: string;
  /** From here on. */
  begin(): void;
  readonly times: number;
  stop(): void;
};

const replica = 'chat-2';
const lookEveryMs = 20;

export function placeSaboteur(kind: Sabotage | undefined, folder: string): Saboteur | undefined {
  if (kind === undefined) return undefined;
  const socket = join('replicas', `${replica}.sock`);
  const behind = join(hiddenRunDirectoryOf(folder), socket);
  const shown = join(runDirectoryOf(folder), socket);
  const conspiracy: Conspiracy = { kind, active: false, times: 0, newest: new Map() };
  let server: Server | undefined;
  let incarnation: string | undefined;

  /** The balancer is to see the replica's socket come and go. */
  const follow = setInterval(() => {
    const now = incarnationOf(behind);
    if (now === incarnation) return;
    incarnation = now;
    server?.close();
    server = undefined;
    if (existsSync(shown)) unlinkSync(shown);
    if (now !== undefined) server = createServer((client) => relay(client, behind, conspiracy)).listen(shown);
  }, lookEveryMs);

  return {
    replica,
    begin() {
      conspiracy.active = true;
    },
    get times() {
      return conspiracy.times;
    },
    stop() {
      clearInterval(follow);
      server?.close();
    },
  };
}

function incarnationOf(path: string): string | undefined {
  const file = statSync(path, { bigint: true, throwIfNoEntry: false });
  return file && `${file.ino}.${file.mtimeNs}`;
}

function relay(client: Socket, behind: string, conspiracy: Conspiracy): void {
  const upstream = connect(behind);
  const tamper = createTampering(conspiracy);
  const parser = createFrameParser();
  let phase: 'head' | 'frames' | 'plain' = 'head';
  let head: Buffer = Buffer.alloc(0);

  for (const [one, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    one.on('error', () => one.destroy());
    one.on('close', () => other.destroy());
    one.on('drain', () => other.resume());
  }
  client.on('data', (bytes: Buffer) => forward(client, upstream, [bytes]));
  client.on('end', () => upstream.end());
  upstream.on('end', () => client.end());
  upstream.on('data', (bytes: Buffer) => {
    if (phase === 'plain') forward(upstream, client, [bytes]);
    else if (phase === 'frames') forward(upstream, client, parser.take(bytes).flatMap(tamper));
    else takeHead(bytes);
  });

  /** An answer that switches protocols is followed by frames; any other, and what follows it, passes as it is. */
  function takeHead(bytes: Buffer): void {
    head = Buffer.concat([head, bytes]);
    const end = head.indexOf('\r\n\r\n') + 4;
    if (end < 4) return;
    phase = head.subarray(0, 12).toString('latin1') === 'HTTP/1.1 101' ? 'frames' : 'plain';
    const rest = head.subarray(end);
    const frames = phase === 'frames' ? parser.take(rest).flatMap(tamper) : [rest];
    forward(upstream, client, [head.subarray(0, end), ...frames]);
  }
}

function forward(from: Socket, to: Socket, chunks: Buffer[]): void {
  if (chunks.length > 0 && !to.write(Buffer.concat(chunks))) from.pause();
}
