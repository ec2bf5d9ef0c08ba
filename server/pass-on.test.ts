import { once } from 'node:events';
import { createServer, type IncomingMessage, request as openRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { closeAfterTest } from './balancer/testing/running-balancer.ts';
import { passOn } from './pass-on.ts';

async function listen(answer: Parameters<typeof createServer>[1]): Promise<number> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closeAfterTest(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('a body arrives as it was, and each piece is let go once it was passed on', async () => {
  const arrived = Promise.withResolvers<Buffer>();
  const target = await listen(async (request, response) => {
    arrived.resolve(await buffer(request));
    response.end();
  });
  const pieces: Buffer[] = [];
  const relay = await listen((request, response) => {
    const onward = openRequest({ port: target, host: '127.0.0.1', method: 'PUT' }, (answer: IncomingMessage) => {
      passOn(answer, response);
    });
    passOn(request, onward);
    request.on('data', (piece: Buffer) => pieces.push(piece));
  });
  const sent = Buffer.from(Array.from({ length: 8_000_000 }, (_, index) => index % 251));
  const answered = await fetch(`http://127.0.0.1:${relay}`, { method: 'PUT', body: sent });
  expect(answered.status).toBe(200);
  expect((await arrived.promise).equals(sent)).toBe(true);
  expect(pieces.length).toBeGreaterThan(10);
  expect(pieces.filter(({ length }) => length > 0)).toEqual([]);
});
