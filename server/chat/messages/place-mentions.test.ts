import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { openStoreOfTwo } from '../testing/store-of-two.ts';
import { placeMentions } from './place-mentions.ts';

async function openThread() {
  const { store, connection: file, ada, bea } = await openStoreOfTwo();
  const channel = (await store.workspace(ada)).channels[0]?.id ?? 0;
  const message = () => ({ author: ada, channel, clientId: mintClientId(), text: '@Bea' });
  const { seq: thread } = await store.write({ kind: 'post-message', ...message() });
  for (let reply = 0; reply < 5; reply += 1)
    await store.write({ kind: 'post-reply', ...message(), thread, toChannel: false });
  return { store, file, bea, channel };
}

test('[M.2] [G9.2] a mention in a thread that the release before wrote is counted there a little later, by whichever replica', async () => {
  const { store, file, bea, channel } = await openThread();
  const counted = async () => (await store.threads(bea)).threads[0]?.mentions;
  expect(await counted()).toBe(5);
  expect(await store.mentionsUnplaced()).toBe(false);
  // As that release leaves them; and one whose message is gone.
  await file.all('UPDATE mentions SET thread = NULL, thread_number = NULL WHERE number = 0');
  const gone = 'INSERT INTO mentions (member, channel, number, message, author) VALUES (?, ?, 0, 99999, 1)';
  await file.all(gone, bea, channel);
  expect(await counted()).toBe(0);
  expect(await store.mentionsUnplaced()).toBe(true);

  expect(await store.write({ kind: 'place-mentions', limit: 2 })).toEqual({ more: true });
  expect(await counted()).toBe(2);
  const onError = (error: unknown) => expect.unreachable(String(error));
  const placing = placeMentions({ store, replica: 'chat-1', onError, lookEveryMs: 10 });
  onTestFinished(() => placing.stop());
  await expect.poll(() => store.mentionsUnplaced()).toBe(false);
  expect(await counted()).toBe(5);
  await placing.stop();
  const [lease] = await file.all(
    "SELECT held_until <= 1000 * unixepoch('now', 'subsec') AS free FROM jobs WHERE name = 'place-mentions'",
  );
  expect(lease).toEqual({ free: 1 });
});
