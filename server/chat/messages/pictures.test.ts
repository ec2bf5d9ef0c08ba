import { expect, test } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import type { PicturesPage } from '../../../shared/protocol.ts';
import { readPictures } from '../store/sqlite/read-pictures.ts';
import { openStoreOfTwo } from '../testing/store-of-two.ts';

async function openChannel() {
  const { store, connection: uploads, ada, bea } = await openStoreOfTwo();
  const made = { kind: 'create-channel', clientId: mintClientId(), name: 'attic', topic: '', private: true } as const;
  const { id: channel } = await store.write({ ...made, author: ada });
  const files = (names: string[]) =>
    Promise.all(
      names.map(async (name) => {
        const id = mintClientId();
        const about = name.endsWith('.png')
          ? { mediaType: 'image/png', kind: 'picture', width: 4, height: 3, thumbhash: 'AAAA' }
          : { mediaType: 'application/octet-stream', kind: 'file' };
        await uploads.all(
          `INSERT INTO files (id, member, name, bytes, state, attachment, touched_at) VALUES (?, ?, ?, 3, 'ready', ?, 0)`,
          ...[id, ada, name, JSON.stringify({ id, name, size: 3, ...about })],
        );
        return id;
      }),
    );
  const message = () => ({ author: ada, channel, clientId: mintClientId(), text: '' });
  return {
    ...{ store, ada, bea, channel, message, connection: uploads },
    post: async (text: string) => (await store.write({ kind: 'post-message', ...message(), text })).seq,
    async postFiles(...names: string[]) {
      return (await store.write({ kind: 'post-files', ...message(), attachments: await files(names) })).seq;
    },
    async reply(thread: number, ...names: string[]) {
      const reply = { ...message(), thread, toChannel: false, attachments: await files(names) };
      return (await store.write({ kind: 'post-reply', ...reply })).seq;
    },
  };
}

const namesIn = ({ pictures }: PicturesPage) => pictures.map(({ picture }) => picture.name);

test('[F.13] a channel’s pictures are found from any of its messages on, the nearest first, however far apart they are', async () => {
  const { store, ada, channel, post, postFiles } = await openChannel();
  await postFiles('first.png', 'second.png', 'notes.txt');
  await Promise.all(Array.from({ length: 4_500 }, (_, index) => post(`nothing to see ${index}`)));
  const doomed = await postFiles('deleted.png');
  const middle = await postFiles('middle.png');
  const later = [await postFiles('a.png'), await postFiles('only.txt'), await postFiles('b.png', 'c.png')];
  await store.write({ kind: 'delete-message', member: ada, message: doomed });

  const ask = (from: number, older: boolean, limit = 20) => store.pictures(ada, { channel, from, older, limit });
  expect(await ask(middle, false)).toMatchObject({
    pictures: [
      { message: later[0], author: 'Ada', picture: { name: 'a.png' } },
      { message: later[2], picture: { name: 'b.png' } },
      { message: later[2], picture: { name: 'c.png' } },
    ],
  });
  const one = await ask(middle, false, 1);
  expect(namesIn(one)).toEqual(['a.png']);
  expect(namesIn(await ask(one.next ?? 0, false, 1))).toEqual(['b.png', 'c.png']);
  // Each question looks through so many messages, and says where the next one goes on.
  const found: string[] = [];
  let questions = 0;
  for (let from: number | undefined = middle; from !== undefined; questions += 1) {
    const page: PicturesPage = await ask(from, true);
    found.push(...namesIn(page));
    from = page.next;
  }
  expect(found).toEqual(['first.png', 'second.png']);
  expect(questions).toBeGreaterThan(2);
  expect(questions).toBeLessThan(6);
});

test('[F.10] [F.13] whoever can’t read the channel is shown none of its pictures, and what is in a thread alone stays there', async () => {
  const { store, ada, bea, channel, post, postFiles, reply } = await openChannel();
  const root = await post('look');
  await reply(root, 'hidden.png');
  await postFiles('shown.png');
  expect(namesIn(await store.pictures(ada, { channel, from: root, older: false, limit: 20 }))).toEqual(['shown.png']);
  await expect(store.pictures(bea, { channel, from: root, older: false, limit: 20 })).rejects.toMatchObject({
    reason: 'channel-not-found',
  });
});

test('[F.13] what one question looks through is gone through once, not again for each message', async () => {
  const { connection, ada, channel, postFiles } = await openChannel();
  const from = await postFiles('a.png');
  const steps: string[] = [];
  const explained: typeof connection = {
    ...connection,
    async all(sql, ...parameters) {
      const plan = await connection.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...parameters);
      steps.push(...plan.map(({ detail }) => detail));
      return connection.all(sql, ...parameters);
    },
  };
  for (const older of [true, false]) {
    steps.length = 0;
    await readPictures(explained, ada, { channel, from, older, limit: 20 });
    expect(steps).toContain('MATERIALIZE near');
    expect(steps.filter((step) => step.includes('CORRELATED'))).toEqual([]);
  }
});
