import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mintClientId } from '../../shared/client-id.ts';
import { createChatClient } from './testing/chat-client.ts';
import { httpCall } from './testing/http-call.ts';
import { invite, join as joinAs, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

test('[G2.1] [G6.4] without any hint from another replica, messages come and revoked sockets go within a second', async () => {
  const workspace = await createWorkspace();
  const deaf = { ...workspace, runDirectory: join(workspace.directory, 'apart') };
  const [one, two] = await Promise.all([startReplicaProcess(workspace, 'chat-1'), startReplicaProcess(deaf, 'chat-2')]);
  const owner = await setUpWorkspace(one);
  const guest = await joinAs(one, await invite(one, owner), 'Bea');
  const ada = createChatClient({ socketPath: one.socketPath, cookie: owner });
  const channel = (await ada.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  const [reader, idle] = [owner, guest].map((cookie) => createChatClient({ socketPath: two.socketPath, cookie }));
  if (!reader || !idle) throw new Error('two were made');
  await reader.follow();
  await idle.trpc.workspace.snapshot.query(); // open, and following nothing
  await ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text: 'found' });
  await reader.seen((frame) => frame.kind === 'message-posted' && frame.message.text === 'found', 'the message');
  const before = performance.now();
  await httpCall(one.socketPath, 'identity.signOut', { method: 'POST', cookie: guest });
  await expect.poll(() => idle.closeCodes, { interval: 20 }).toContain(4001);
  expect(performance.now() - before).toBeLessThan(1_500);
  expect(reader.closeCodes).toEqual([]);
  await Promise.all([ada.close(), reader.close(), idle.close()]);
});
