import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { MessageNotice, NoticePayload } from '../../../shared/notice-payload.ts';
import type { PushSubscription } from '../../../shared/protocol.ts';

/** What came to a device, opened with its keys as a browser opens it. */
export type Pushed = { device: string; payload: NoticePayload; headers: IncomingMessage['headers'] };

export type PushService = {
  readonly url: string;
  /** In the order in which it was taken. */
  readonly pushed: Pushed[];
  /** All that was asked, also what was refused. */
  readonly asked: string[];
  /** What a browser would hand to the page for a device of that name. */
  subscribe(device: string): PushSubscription;
  /** From now on it answers so for that device, or not at all; undefined for what is right. */
  answer(device: string, status: number | 'never' | undefined, headers?: Record<string, string>): void;
  messages(device: string): MessageNotice[];
  stop(): Promise<void>;
};

/**
 * A push service as RFC 8030 has it, on loopback: it takes nothing without a signature by the key that the device was
 * subscribed with (RFC 8292), and opens what it takes (RFC 8188, RFC 8291) by node:crypto alone.
 */
export async function startPushService(publicKey: string): Promise<PushService> {
  const devices = new Map<string, { pair: ReturnType<typeof createECDH>; auth: Buffer }>();
  const answers = new Map<string, { status: number | 'never'; headers: Record<string, string> }>();
  const pushed: Pushed[] = [];
  const asked: string[] = [];

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const name = decodeURIComponent(request.url?.slice(1) ?? '');
    asked.push(name);
    const device = devices.get(name);
    const answer = answers.get(name);
    if (device === undefined) return response.writeHead(404).end();
    const fault = faultIn(request, url, publicKey);
    if (fault !== undefined) return response.writeHead(403).end(fault);
    if (answer?.status === 'never') return undefined;
    if (answer !== undefined) return response.writeHead(answer.status, answer.headers).end();
    const payload = JSON.parse(open(Buffer.concat(chunks), device)) as NoticePayload;
    pushed.push({ device: name, payload, headers: request.headers });
    return response.writeHead(201).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    pushed,
    asked,
    subscribe(name) {
      const pair = createECDH('prime256v1');
      const p256dh = pair.generateKeys().toString('base64url');
      const auth = randomBytes(16);
      devices.set(name, { pair, auth });
      return {
        endpoint: `${url}/${encodeURIComponent(name)}`,
        p256dh,
        auth: auth.toString('base64url'),
        language: 'en',
      };
    },
    answer(name, status, headers = {}) {
      if (status === undefined) answers.delete(name);
      else answers.set(name, { status, headers });
    },
    messages: (name) =>
      pushed.flatMap(({ device, payload }) => (device === name && payload.kind === 'message' ? [payload] : [])),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** RFC 8292: a JWT by ES256 for this service, not out of date and for no more than a day, of the subscription's key. */
function faultIn({ headers, method }: IncomingMessage, origin: string, publicKey: string): string | undefined {
  if (method !== 'POST') return 'a method';
  if (headers['content-encoding'] !== 'aes128gcm' || !/^\d+$/.test(String(headers.ttl))) return 'its headers';
  const [, token = '', key] = /^vapid t=([^,]+), ?k=([\w-]+)$/.exec(headers.authorization ?? '') ?? [];
  if (key !== publicKey) return 'another key';
  const [header = '', body = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: toText(point.subarray(1, 33)), y: toText(point.subarray(33)) };
  const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
  const signed = verify('sha256', Buffer.from(`${header}.${body}`), signer, Buffer.from(signature, 'base64url'));
  if (!signed || (read(header) as { alg: string }).alg !== 'ES256') return 'its signature';
  const { aud, exp, sub } = read(body) as { aud: string; exp: number; sub: string };
  if (aud !== origin || !/^(?:mailto:|https:)/.test(sub)) return 'whom it is for';
  const now = Date.now() / 1_000;
  return exp > now && exp <= now + 86_400 ? undefined : 'its time';
}

/** RFC 8291: one record, sealed for this device. */
function open(sealed: Buffer, { pair, auth }: { pair: ReturnType<typeof createECDH>; auth: Buffer }): string {
  const salt = sealed.subarray(0, 16);
  const senderLength = sealed.readUInt8(20);
  const sender = sealed.subarray(21, 21 + senderLength);
  const record = sealed.subarray(21 + senderLength);
  const shared = pair.computeSecret(sender);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]);
  const input = derive(shared, auth, info, 32);
  const key = derive(input, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(input, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(record.subarray(-16));
  const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
  const end = plain.lastIndexOf(2); // the last record's delimiter, zeros behind it
  return plain.subarray(0, end).toString();
}

function derive(input: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', input, salt, info, bytes));
}

const toText = (bytes: Buffer) => bytes.toString('base64url');
const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
