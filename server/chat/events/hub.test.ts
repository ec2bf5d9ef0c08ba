import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import type { StoredEvent } from '../store/store.ts';
import { createHub } from './hub.ts';

const log = '0123456789ab';

test('[G4.4] a replica behind a client’s cursor sends nothing up to it, and everything after it once', async () => {
  const { served, received } = await connectedSockets();
  const hub = createHub({
    log,
    head: 5,
    replica: 'chat-1',
    version: 'test',
    readAfter: async () => [],
    onError: (error) => {
      throw error;
    },
  });
  const streams = { log, from: 0, head: 7, heads: { 'channel:1': 7 }, since: new Map([['channel:1', 0]]) };
  const wire = { socket: served, isOpen: () => true };
  hub.attach({ wire, wireId: 1, member: 1, streams, lastEventId: `${log}.7` });
  await new Promise(setImmediate); // until it may be written to
  for (const seq of [6, 7, 8]) hub.deliver([event(seq)]);
  hub.deliver([event(9)]);
  await expect.poll(() => seqsIn(received())).toEqual([8, 9]);
  expect(received()).not.toContain('resync');
});

function event(seq: number): StoredEvent {
  return { seq, stream: 'channel:1', kind: 'message-posted', payload: JSON.stringify({ seq }) };
}

function seqsIn(text: string): number[] {
  return [...text.matchAll(/"seq":(\d+)/g)].map(([, seq]) => Number(seq));
}

async function connectedSockets(): Promise<{ served: Socket; received(): string }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const client = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  const [served] = (await once(server, 'connection')) as [Socket];
  let text = '';
  client.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  onTestFinished(() => {
    client.destroy();
    served.destroy();
    server.close();
  });
  return { served, received: () => text };
}
