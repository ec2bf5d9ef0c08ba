import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../../shared/client-id.ts';
import type { Mutation, MutationOf } from '../mutations.ts';
import type { Appended } from '../store.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** Two replicas' stores on one file, and what each commit of theirs said that it appended. */
async function openTwo() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-appended-'));
  const told: (Appended | undefined)[] = [];
  const open = (replica: string) =>
    openSqliteStore({
      path: join(directory, 'ronda.sqlite'),
      replica,
      onCommit: ({ appended }) => void told.push(appended),
    });
  const [one, two] = [await open('chat-1'), await open('chat-2')];
  onTestFinished(async () => {
    await Promise.all([one.close(), two.close()]);
    await rm(directory, { recursive: true });
  });
  const session = { secretHash: 'ada', expiresAt: Date.now() + 60_000 };
  const owner = { workspace: 'Aula', name: 'Ada', passwordHash: '', session };
  const { member } = await one.write({ kind: 'set-up', token: (await one.setUpToken()) ?? '', ...owner });
  const channel = (await one.workspace(member)).channels[0]?.id ?? 0;
  const post = (text: string): MutationOf<'post-message'> => ({
    ...{ kind: 'post-message', author: member, channel, clientId: mintClientId(), text },
  });
  return { one, two, member, channel, post, told };
}

test('[G2.1] what a commit says it appended is what the log has after the one before it, word for word', async () => {
  const { one, two, member, channel, post, told } = await openTwo();
  const { seq: message } = await one.write(post('ñandú 🦤 "\u0000" \ud800'));
  const clientId = () => mintClientId();
  const place = { author: member, channel };
  const asked = (): Mutation[] => [
    post('one'),
    { kind: 'post-reply', ...place, clientId: clientId(), thread: message, text: 'reply', toChannel: true },
    { kind: 'post-reply', ...place, clientId: clientId(), thread: message, text: 'here', toChannel: false },
    { kind: 'post-reply', ...place, clientId: clientId(), thread: 99_999, text: 'to nothing', toChannel: false },
    { kind: 'post-quote', ...place, clientId: clientId(), text: '@Ada look', quotes: message },
    { kind: 'forward-message', ...place, clientId: clientId(), message },
    { kind: 'post-message', author: member, channel: 99_999, clientId: clientId(), text: 'nowhere' },
    { kind: 'set-reaction', member, message, emoji: '👍', on: Math.random() < 0.5 },
    { kind: 'set-reaction', member, message: 99_999, emoji: '👍', on: true },
    { kind: 'mark-read', member, channel, readNumber: 1 },
    { kind: 'read-thread', member, thread: message, readNumber: 1 },
    { kind: 'set-draft', member, channel, text: 'not yet', at: Date.now() },
    { kind: 'note-seen', members: [member] },
    { kind: 'take-lease', job: 'search', holder: 'chat-1', forMs: 10 },
    post('last'),
  ];
  told.length = 0;
  for (let round = 0; round < 20; round += 1) {
    const writes = asked().map((mutation, index) => ((index + round) % 2 === 0 ? one : two).write(mutation));
    expect((await Promise.allSettled(writes)).filter(({ status }) => status === 'rejected')).toHaveLength(3);
  }
  const log = await one.readAfter(0, 100_000);
  const known = told.filter((appended) => appended !== undefined);
  expect(known.length).toBeGreaterThan(20);
  for (const { after, events } of known) {
    const start = log.findIndex(({ seq }) => seq > after);
    expect(log[start - 1]?.seq ?? 0).toBe(after);
    expect(log.slice(start, start + events.length)).toEqual(events);
  }
  // Together they are all that was written.
  expect(known.flatMap(({ events }) => events)).toHaveLength(log.filter(({ seq }) => seq > message).length);
});

test('[G6.8] a commit that takes something out of the log says nothing of what it appended', async () => {
  const { one, member, post, told } = await openTwo();
  const { seq: message } = await one.write(post('a secret'));
  told.length = 0;
  await Promise.all([one.write(post('one')), one.write({ kind: 'delete-message', member, message })]);
  expect(told).toEqual(expect.arrayContaining([undefined]));
  const kinds = told.flatMap((appended) => appended?.events.map(({ kind }) => kind) ?? []);
  expect(kinds).not.toContain('message-deleted');
});
