import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { mintClientId } from '../../shared/client-id.ts';
import type { Frame } from '../../shared/protocol.ts';
import { createChatClient } from './testing/chat-client.ts';
import { setUpWorkspace } from './testing/people.ts';
import { createWorkspace, startReplicaProcess, type Workspace } from './testing/replica-process.ts';

const dayMs = 86_400_000;

/** From another process, as if so many days had passed since. */
function age({ dataDirectory }: Workspace, days: number): void {
  const file = new DatabaseSync(join(dataDirectory, 'ronda.sqlite'), { timeout: 5_000 });
  file.exec(`UPDATE events SET at = at - ${days * dayMs}`);
  file.close();
}

const posted = (text: string) => (frame: Frame) => frame.kind === 'message-posted' && frame.message.text === text;

test('[G4.6] what is older than LOG_DAYS leaves the log; who comes with a cursor from before it resyncs, the others go on', async () => {
  const workspace = await createWorkspace();
  const one = await startReplicaProcess(workspace, 'chat-1');
  const cookie = await setUpWorkspace(one);
  const ada = createChatClient({ socketPath: one.socketPath, cookie });
  const { log } = await ada.follow();
  const channel = (await ada.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  const post = (text: string) => ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  for (let index = 0; index < 1_200; index += 50)
    await Promise.all(Array.from({ length: 50 }, (_, offset) => post(`m${index + offset}`)));
  age(workspace, 8);
  const recent = await post('recent');

  const two = await startReplicaProcess(workspace, 'chat-2', { LOG_DAYS: '7' });
  await expect.poll(() => two.lines.find(({ event }) => event === 'log-pruned'), { timeout: 10_000 }).toBeDefined();
  for (const [cursor, told] of [
    [recent.seq + 1, 'resync'], // beyond the head
    [recent.seq, 'after'], // the head
    [recent.seq - 1, 'recent'], // the last that was pruned: all that follows is there
    [recent.seq - 2, 'resync'],
    [0, 'resync'],
  ] as const) {
    const reader = createChatClient({ socketPath: two.socketPath, cookie });
    await reader.follow(`${log}.${cursor}`);
    const text = `after ${cursor}`;
    await reader.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
    await reader.seen(posted(text), text);
    const [first] = reader.frames
      .slice(1)
      .map(({ data }) => (data.kind === 'message-posted' ? data.message.text.split(' ')[0] : data.kind));
    expect(first).toBe(told);
    await reader.close();
  }
  // History is not the log: nothing of it is gone.
  const page = await ada.trpc.messages.page.query({ channel, limit: 10, before: recent.seq });
  expect(page.messages.at(-1)?.number).toBe(1_200);
  await ada.close();
}, 60_000);

test('[G4.3] a replica that slept while the log was pruned past it sends its people to resync, not over a hole', async () => {
  const workspace = await createWorkspace();
  const [one, two] = await Promise.all(['chat-1', 'chat-2'].map((id) => startReplicaProcess(workspace, id)));
  if (!one || !two) throw new Error('two were started');
  const cookie = await setUpWorkspace(one);
  const ada = createChatClient({ socketPath: one.socketPath, cookie });
  const channel = (await ada.trpc.workspace.snapshot.query()).channels[0]?.id ?? 0;
  const post = (text: string) => ada.trpc.messages.send.mutate({ channel, clientId: mintClientId(), text });
  const reader = createChatClient({ socketPath: two.socketPath, cookie });
  await reader.follow();
  two.child.kill('SIGSTOP');
  await post('missed');
  age(workspace, 8);
  const three = await startReplicaProcess(workspace, 'chat-3', { LOG_DAYS: '7' });
  await expect.poll(() => three.lines.find(({ event }) => event === 'log-pruned'), { timeout: 10_000 }).toBeDefined();
  await post('later');
  two.child.kill('SIGCONT');
  await reader.seen(({ kind }) => kind === 'resync', 'resync');
  await post('end');
  await reader.seen(posted('end'), 'what comes after it');
  expect(reader.events()).toHaveLength(1);
  await Promise.all([ada.close(), reader.close()]);
}, 60_000);
