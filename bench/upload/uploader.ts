import { createHash, randomBytes } from 'node:crypto';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

export const partBytes = 4_194_304;
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

/** A file of parts that all differ, made as it is needed. */
export type Source = { bytes: number; part(index: number): Buffer; sha256(): string };

export function createSource(megabytes: number): Source {
  const parts = Math.ceil((megabytes * 1_048_576) / partBytes);
  const block = randomBytes(partBytes);
  const part = (index: number) => {
    const bytes = Buffer.from(block);
    bytes.writeUInt32BE(index, 0);
    return bytes;
  };
  return {
    bytes: parts * partBytes,
    part,
    sha256() {
      const hash = createHash('sha256');
      for (let index = 0; index < parts; index += 1) hash.update(part(index));
      return hash.digest('hex');
    },
  };
}

export type Door = { port: number; cookie: string };
type Answer = { status: number; headers: IncomingHttpHeaders; body: Buffer };

/** Sends all of it in parts of 4 MB; whatever breaks, it asks how much has arrived and goes on, as the page does. */
export async function upload(door: Door, source: Source) {
  const tus = { 'Tus-Resumable': '1.0.0' };
  let path: string | undefined;
  let repeats = 0;
  while (path === undefined) {
    const begun = await ask(door, 'POST', '/files/uploads', { ...tus, 'Upload-Length': source.bytes });
    path = begun?.status === 201 ? begun.headers.location : undefined;
    if (path === undefined && begun !== undefined && begun.status < 500) throw new Error(begun.body.toString());
    if (path === undefined) await delay(200);
  }
  for (let offset = 0; offset < source.bytes; ) {
    const body = source.part(Math.floor(offset / partBytes)).subarray(offset % partBytes);
    const headers = { ...tus, 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' };
    const sent = await ask(door, 'PATCH', path, { ...headers, 'Content-Length': body.length }, body);
    if (sent?.status === 204) {
      offset = Number(sent.headers['upload-offset']);
      continue;
    }
    repeats += 1;
    for (;;) {
      const head = await ask(door, 'HEAD', path, tus);
      if (head?.status === 200) {
        offset = Number(head.headers['upload-offset']);
        break;
      }
      await delay(100);
    }
  }
  return { id: path.split('/').at(-1) ?? '', repeats };
}

/** Resolves once it is a file that could be sent. */
export async function finished(door: Door, id: string): Promise<void> {
  const input = encodeURIComponent(JSON.stringify({ id }));
  for (;;) {
    const answer = await ask(door, 'GET', `/trpc/files.describe?input=${input}`, {});
    const told = answer?.status === 200 ? answer.body.toString() : '';
    if (told.includes('"state":"ready"')) return;
    if (told.includes('"state":"refused"')) throw new Error(told);
    await delay(100);
  }
}

/** The SHA-256 of what is served. */
export function download({ port, cookie }: Door, id: string): Promise<string> {
  const hash = createHash('sha256');
  return new Promise((resolve, reject) => {
    request({ agent, host: '127.0.0.1', port, path: `/files/${id}/x`, headers: { cookie } }, (response) => {
      response.on('data', (chunk: Buffer) => hash.update(chunk));
      response.on('end', () => resolve(hash.digest('hex'))).on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

/** What anybody's page does first: a replica has loaded then what it loads with the first request. */
export async function useABit(door: Door): Promise<void> {
  for (let index = 0; index < 300; index += 1) await ask(door, 'GET', '/trpc/workspace.snapshot', {});
  await delay(2_000);
}

/** Undefined where the connection broke. */
function ask(
  { port, cookie }: Door,
  method: string,
  path: string,
  headers: Record<string, string | number>,
  body?: Buffer,
): Promise<Answer | undefined> {
  const origin = `http://127.0.0.1:${port}`;
  return new Promise((resolve) => {
    const outgoing = request(
      { agent, host: '127.0.0.1', port, method, path, headers: { cookie, origin, ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', () => resolve(undefined));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    outgoing.on('error', () => resolve(undefined)).end(body);
  });
}
