import { get } from 'node:http';
import { expect, test } from 'vitest';
import { mintClientId } from '../../shared/client-id.ts';
import { createChatClient } from './testing/chat-client.ts';
import { setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

function read(socketPath: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: '/metrics', headers: { host: 'localhost' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    }).on('error', reject);
  });
}

test('[G8.11] a replica tells how it writes, how far it has read and whom it serves', async () => {
  const { socketPath, ...replica } = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const owner = await setUpWorkspace({ socketPath, ...replica });
  const client = createChatClient({ socketPath, cookie: owner });
  await client.follow();
  const { channels } = await client.trpc.workspace.snapshot.query();
  const message = { channel: channels[0]?.id ?? 0, clientId: mintClientId(), text: 'one' };
  const { seq } = await client.trpc.messages.send.mutate(message);
  await client.seen((frame) => frame.kind === 'message-posted', 'the message');
  const text = await read(socketPath);
  const value = (name: string) => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
  expect([value('ronda_connections'), value('ronda_subscribers'), value('ronda_seq')]).toEqual([1, 1, seq]);
  expect(value('ronda_log_lag_events')).toBe(0);
  expect(value('ronda_events_delivered_total')).toBeGreaterThanOrEqual(1);
  expect(value('ronda_commit_seconds_count')).toBeGreaterThanOrEqual(2);
  expect(value('ronda_lock_wait_seconds_count')).toBe(value('ronda_batch_mutations_count'));
  expect(value('ronda_wal_bytes')).toBeGreaterThan(0);
  await client.close();
});

test('[G8.11] no way round leads past the balancer, which asks who wants to know', async () => {
  const { socketPath } = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const status = (path: string) =>
    new Promise((resolve, reject) => {
      const asked = get({ socketPath, path, headers: { host: 'localhost' } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject);
    });
  expect(await status('/metrics')).toBe(200);
  for (const path of ['/trpc/../metrics', '/files/../metrics', '/trpc/%2e%2e/metrics'])
    expect(await status(path)).toBe(404);
});
