import { expect, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { createChatClient, refusalOf } from '../testing/chat-client.ts';
import { invite, join, setUpWorkspace } from '../testing/people.ts';
import { createWorkspace, startReplicaProcess } from '../testing/replica-process.ts';

test('[C.8] [G6.8] a stretch of a channel’s log is for whoever may read it now, and has nothing of what was deleted', async () => {
  const replica = await startReplicaProcess(await createWorkspace(), 'chat-1');
  const owner = await setUpWorkspace(replica);
  const ada = createChatClient({ socketPath: replica.socketPath, cookie: owner });
  const grace = createChatClient({
    socketPath: replica.socketPath,
    cookie: await join(replica, await invite(replica, owner), 'Grace', 'a long password'),
  });
  const made = { clientId: mintClientId(), name: 'attic', private: true };
  const { id: channel } = await ada.trpc.channels.create.mutate(made);
  const send = (text: string) => ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  const { seq: kept } = await send('kept');
  await ada.trpc.messages.edit.mutate({ message: kept, text: 'kept, and better' });
  const { seq: secret } = await send('a secret');
  await ada.trpc.messages.edit.mutate({ message: secret, text: 'still a secret' });
  await ada.trpc.messages.delete.mutate({ message: secret });

  const stretch = await ada.trpc.messages.stretch.query({ channel, after: kept - 1 });
  expect(stretch.events.map(({ kind }) => kind)).toEqual([
    ...['message-posted', 'message-edited', 'message-posted', 'message-edited', 'message-deleted'],
  ]);
  expect(stretch.to).toBe(stretch.head);
  expect(JSON.stringify(stretch)).not.toContain('secret');

  // In steps nothing is missing and nothing comes twice.
  const seqs: number[] = [];
  for (let after = kept - 1; after < stretch.head; ) {
    const step = await ada.trpc.messages.stretch.query({ channel, after, limit: 2 });
    seqs.push(...step.events.map(({ seq }) => seq));
    after = step.to;
  }
  expect(seqs).toEqual(stretch.events.map(({ seq }) => seq));

  const ask = () => grace.trpc.messages.stretch.query({ channel, after: 0 });
  expect(await refusalOf(ask())).toBe('channel-not-found');
  const { me } = await grace.trpc.workspace.snapshot.query();
  await ada.trpc.channels.addPeople.mutate({ channel, people: [me.id] });
  expect((await ask()).events.length).toBeGreaterThan(4);
  await ada.trpc.channels.removePerson.mutate({ channel, person: me.id });
  expect(await refusalOf(ask())).toBe('channel-not-found');
  await Promise.all([ada.close(), grace.close()]);
});
