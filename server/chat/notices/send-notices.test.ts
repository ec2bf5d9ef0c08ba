import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { sendNotices } from './send-notices.ts';

test('[N.3] [N.6] what somebody was not to be disturbed with is not told later either, when another replica goes on', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-notices-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'ronda.sqlite');
  const store = await openSqliteStore({ path, replica: 'chat-1', onCommit: () => undefined });
  onTestFinished(() => store.close());
  const session = (secretHash: string) => ({ secretHash, expiresAt: Date.now() + 600_000 });
  const founder = { workspace: 'Aula', name: 'Ada', passwordHash: 'hash', session: session('ada') };
  const { member: ada } = await store.write({ kind: 'set-up', token: (await store.setUpToken()) ?? '', ...founder });
  const invite = { code: 'people', guests: true, maximumUses: 9, expiresAt: Date.now() + 60_000 };
  await store.write({ kind: 'create-invite', author: ada, clientId: mintClientId(), ...invite });
  const joining = { kind: 'join-workspace', code: 'people', name: 'Bo', passwordHash: null } as const;
  const { member: bo } = await store.write({ ...joining, session: session('bo') });
  const subscription = { endpoint: 'https://push.example/b', p256dh: 'p', auth: 'a', language: 'en' } as const;
  const { id } = (await store.session('bo')) ?? { id: 0 };
  await store.write({ kind: 'add-push-device', session: id, member: bo, subscription });
  const channel = (await store.workspace(ada)).channels[0]?.id ?? 0;

  const told: string[] = [];
  const start = (replica: string) => {
    const notices = sendNotices({
      ...{ store, replica, delayMs: 0, gatherMs: 1, lookEveryMs: 20, keepEveryMs: 0 },
      async send(_, { payload }) {
        if (payload.kind === 'message') told.push(payload.text);
        return { kind: 'shown' };
      },
      onError: (error) => expect.unreachable(String(error)),
    });
    onTestFinished(notices.stop);
    return notices;
  };
  const say = (text: string) =>
    store.write({ kind: 'post-message', author: ada, channel, clientId: mintClientId(), text });

  const first = start('chat-1');
  await store.write({ kind: 'set-notices', member: bo, change: { quietUntil: Date.now() + 3_600_000 } });
  const { seq } = await say('in the night');
  await expect.poll(async () => (await store.noticeWork('chat-1', Date.now())).seq).toBeGreaterThanOrEqual(seq);
  await first.stop();
  await store.write({ kind: 'set-notices', member: bo, change: { quietUntil: 0 } });
  start('chat-2');
  await say('in the morning');
  await expect.poll(() => told.at(-1)).toBe('in the morning');
  expect(told).toEqual(['in the morning']);
});
