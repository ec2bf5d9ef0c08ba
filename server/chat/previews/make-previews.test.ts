import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import type { PageFetcher } from './fetch-page.ts';
import { makePreviews } from './make-previews.ts';

const times = { leaseMs: 300, lookEveryMs: 20 };
const page: PageFetcher = async (url) => ({ url, contentType: 'text/html', body: Buffer.from('<title>Found</title>') });

/** Two replicas' stores on one file, and Ada, who writes. */
async function openWorkspace() {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-previews-'));
  const open = (replica: string) =>
    openSqliteStore({ path: join(directory, 'ronda.sqlite'), replica, onCommit: () => undefined });
  const [one, two] = [await open('chat-1'), await open('chat-2')];
  const token = (await one.setUpToken()) ?? '';
  const session = { secretHash: 'ada', expiresAt: Date.now() + 60_000 };
  const setUp = { kind: 'set-up', token, workspace: 'Aula', name: 'Ada', passwordHash: 'hash', session } as const;
  const { member } = await one.write(setUp);
  const channel = (await one.workspace(member)).channels[0]?.id ?? 0;
  const running: { stop(): Promise<void> }[] = [];
  onTestFinished(async () => {
    await Promise.all(running.map((work) => work.stop()));
    await Promise.all([one.close(), two.close()]);
    await rm(directory, { recursive: true });
  });
  return {
    ...{ one, two, member },
    async post(text: string) {
      const sent = await one.write({ kind: 'post-message', author: member, channel, clientId: mintClientId(), text });
      return sent.seq;
    },
    start(store: Store, replica: string, fetchPage: PageFetcher) {
      const onError = (error: unknown) => expect.unreachable(String(error));
      const work = makePreviews({ store, replica, fetchPage, onError, ...times });
      running.push(work);
      return work;
    },
    async shown() {
      const { messages } = await two.page(member, { channel, limit: 50 });
      return messages.map(({ preview }) => preview?.title);
    },
    async log() {
      return (await one.readAfter(0, 1_000)).filter(({ kind }) => kind === 'message-previewed');
    },
  };
}

test('[T.6] each link is fetched by one replica, once; code, spoilers and plain text by none', async () => {
  const { one, two, post, start, shown, log } = await openWorkspace();
  const fetched: string[] = [];
  const counting: PageFetcher = (url) => {
    fetched.push(url);
    return page(url);
  };
  start(one, 'chat-1', counting);
  start(two, 'chat-2', counting);
  for (const text of ['no link', '`https://a.example`', '||https://b.example||', '<https://c.example>'])
    await post(text);
  const links = Array.from({ length: 20 }, (_, index) => `https://d.example/${index}`);
  for (const link of links) await post(`see ${link}.`);
  await expect.poll(shown).toEqual([...Array(4).fill(undefined), ...Array(20).fill('Found')]);
  expect(fetched.sort()).toEqual([...links].sort());
  expect(await log()).toHaveLength(20);
});

test('[T.6] what a replica had begun when it was killed is done by another', async () => {
  const { one, two, post, start, shown } = await openWorkspace();
  let begun = false;
  start(one, 'chat-1', () => {
    begun = true;
    return new Promise(() => undefined);
  }).stop = async () => undefined;
  await post('https://a.example');
  await expect.poll(() => begun).toBe(true);
  start(two, 'chat-2', page);
  await expect.poll(shown).toEqual(['Found']);
});

test('[T.6] [G6.8] an author takes a preview away for good; an edit and a deletion leave nothing of it', async () => {
  const { one, member, post, start, shown, log } = await openWorkspace();
  start(one, 'chat-1', page);
  const first = await post('https://a.example');
  const second = await post('https://b.example');
  await expect.poll(shown).toEqual(['Found', 'Found']);
  await one.write({ kind: 'remove-preview', member, message: first });
  const preview = { url: 'https://a.example', title: 'Again' };
  await one.write({ kind: 'set-preview', message: first, link: 'https://a.example', preview });
  expect(await shown()).toEqual([undefined, 'Found']);
  const titles = async () =>
    (await log()).map(({ payload }) => (JSON.parse(payload) as { preview: { title: string } | null }).preview?.title);
  expect(await titles()).toEqual([undefined, 'Found', undefined]);

  await one.write({ kind: 'edit-message', member, message: second, text: 'no link any more' });
  expect(await shown()).toEqual([undefined, undefined]);
  expect(JSON.stringify(await log())).not.toContain('Found');
  await one.write({ kind: 'set-preview', message: second, link: 'https://b.example', preview });
  expect(await shown()).toEqual([undefined, undefined]);
  for (const message of [first, second]) await one.write({ kind: 'delete-message', member, message });
  expect(JSON.stringify(await log())).not.toContain('Found');
});
