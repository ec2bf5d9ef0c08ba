import { expect, test } from 'vitest';
import { mintClientId } from '../../shared/client-id.ts';
import { createChatClient } from './testing/chat-client.ts';
import { invite, join, setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess } from './testing/replica-process.ts';

test('[G6.8] who comes back to either replica after a deletion is sent nothing of what was deleted', async () => {
  const workspace = await createWorkspace();
  const [one, two] = [await startReplicaProcess(workspace, 'chat-1'), await startReplicaProcess(workspace, 'chat-2')];
  const ownerCookie = await setUpWorkspace(one);
  const owner = createChatClient({ socketPath: one.socketPath, cookie: ownerCookie });
  const cookie = await join(one, await invite(one, ownerCookie), 'Bea');
  const before = await owner.trpc.workspace.snapshot.query();
  const channel = before.channels[0]?.id ?? 0;
  const watcher = createChatClient({ socketPath: two.socketPath, cookie });
  await watcher.follow();

  const send = { channel, clientId: mintClientId(), text: 'a secret' };
  const sent = await owner.trpc.messages.send.mutate(send);
  await owner.trpc.messages.edit.mutate({ message: sent.seq, text: 'another secret' });
  // Both replicas have the frames of both in memory by now.
  await watcher.seen(({ kind }) => kind === 'message-edited', 'the edit');
  await owner.trpc.messages.delete.mutate({ message: sent.seq });
  await watcher.seen(({ kind }) => kind === 'message-deleted', 'the deletion');

  for (const { socketPath } of [one, two]) {
    const late = createChatClient({ socketPath, cookie });
    await late.follow(`${before.log}.${before.cursor}`);
    await late.seen(({ kind }) => kind === 'message-deleted', 'the deletion');
    expect(late.events().map(({ kind }) => kind)).toEqual(['message-posted', 'message-edited', 'message-deleted']);
    expect(JSON.stringify(late.frames)).not.toContain('secret');
    const page = await late.trpc.messages.page.query({ channel });
    expect(page.messages).toMatchObject([{ text: '', number: 1 }]);
    await late.close();
  }
  expect(await owner.trpc.messages.send.mutate(send)).toEqual(sent);
  await Promise.all([owner.close(), watcher.close()]);
});
