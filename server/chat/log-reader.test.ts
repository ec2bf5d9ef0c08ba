import { expect, test } from 'vitest';
import { httpCall } from './testing/http-call.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

test('[G10] a replica goes on when nobody reads its log any more, and drains as ever', async () => {
  const replica = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const { child, socketPath } = replica;
  child.stdout?.destroy();
  child.stderr?.destroy();
  expect((await httpCall(socketPath, 'no.such', { method: 'GET' })).status).toBe(404);
  // It says that it drains, into a pipe that has no other end.
  expect(await replica.kill('SIGTERM')).toBe(0);
});
