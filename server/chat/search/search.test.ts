import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import { type Message, SearchMessages } from '../../../shared/protocol.ts';
import { readSearch, searchParts } from '../../../shared/search-query.ts';
import { openConnection } from '../store/sqlite/connection.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store } from '../store/store.ts';
import { keepSearchIndex } from './keep-search-index.ts';
import { type CorpusKey, corpus, searches } from './testing/corpus.ts';

async function openWorkspace(people: string[] = []) {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-search-'));
  const path = join(directory, 'ronda.sqlite');
  const closing: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    for (const close of closing.reverse()) await close();
    await rm(directory, { recursive: true });
  });
  let clock = 0;
  async function open(replica: string): Promise<Store> {
    const store = await openSqliteStore({ path, replica, onCommit: () => undefined, now: () => clock || Date.now() });
    closing.push(() => store.close());
    return store;
  }
  const store = await open('chat-1');
  const session = (name: string) => ({ secretHash: name, expiresAt: Date.now() + 60_000 });
  const token = (await store.setUpToken()) ?? '';
  const founder = { workspace: 'Aula', name: 'Ada', passwordHash: 'hash', session: session('Ada') };
  const { member: ada } = await store.write({ kind: 'set-up', token, ...founder });
  const invite = { code: 'people', guests: true, maximumUses: 99, expiresAt: Date.now() + 60_000 };
  await store.write({ kind: 'create-invite', author: ada, clientId: mintClientId(), ...invite });
  const members: number[] = [];
  for (const name of people) {
    const joining = { kind: 'join-workspace', code: 'people', name, passwordHash: 'hash' } as const;
    members.push((await store.write({ ...joining, session: session(name) })).member);
  }
  const channel = (await store.workspace(ada)).channels[0]?.id ?? 0;
  return {
    ...{ path, store, open, ada, members, channel },
    post: async (text: string, from = ada, to = channel) =>
      (await store.write({ kind: 'post-message', author: from, channel: to, clientId: mintClientId(), text })).seq,
    setClock(time: number) {
      clock = time;
    },
    keep(on: Store, replica: string, leaseMs = 300) {
      const index = keepSearchIndex({
        store: on,
        replica,
        leaseMs,
        onError: (error) => expect.unreachable(String(error)),
      });
      closing.push(index.stop);
      return index;
    },
    indexed: () => vi.waitFor(async () => expect(await store.searchLag()).toBe(0), { timeout: 20_000 }),
  };
}

const query = (typed: string, more: object = {}) =>
  SearchMessages.parse({ ...readSearch(searchParts(typed), new Date()).query, limit: 50, ...more });

/** All pages of it: each looks for a bounded time only. */
async function findMessages(store: Store, member: number, typed: string, limit = 50): Promise<Message[]> {
  const found: Message[] = [];
  for (let next: number | undefined, first = true; first || next !== undefined; first = false) {
    const page = await store.search(member, query(typed, { limit, ...(next !== undefined && { next }) }));
    found.push(...page.messages);
    next = page.next;
  }
  return found;
}

async function find(store: Store, member: number, typed: string, limit?: number): Promise<string[]> {
  return (await findMessages(store, member, typed, limit)).map(({ text }) => text);
}

describe('a written corpus', () => {
  test('[S.1] everything that people look for is found, the newest first, from the index and before it has anything', async () => {
    const { store, post, ada, keep, indexed } = await openWorkspace();
    for (const text of Object.values(corpus)) await post(text);
    const answers = async () => {
      const found: [string, (CorpusKey | undefined)[]][] = [];
      for (const [typed] of searches) {
        const texts = await find(store, ada, typed);
        found.push([typed, texts.map((text) => keyOf(text))]);
      }
      return found;
    };
    expect(searches.length).toBeGreaterThanOrEqual(40);
    expect(await answers()).toEqual(searches);
    keep(store, 'chat-1');
    await indexed();
    expect(await answers()).toEqual(searches);
  });

  test('[S.3] pages go on where the last one ended, none twice, none left out', async () => {
    const { store, post, ada, keep, indexed } = await openWorkspace();
    const texts = Array.from({ length: 250 }, (_, index) => (index % 2 === 0 ? `even ${index}` : `odd ${index}`));
    await Promise.all(texts.map((text) => post(text)));
    keep(store, 'chat-1');
    await indexed();
    const expected = Array.from({ length: 125 }, (_, index) => `even ${248 - index * 2}`);
    for (const limit of [1, 7, 50]) expect(await find(store, ada, 'even', limit)).toEqual(expected);
  });
});

const keyOf = (text: string) => (Object.keys(corpus) as CorpusKey[]).find((key) => corpus[key] === text);

test('[S.4] who looks finds only what they may read now, also by the names of places and people', async () => {
  const { store, post, ada, members, channel, keep, indexed } = await openWorkspace(['Bea', 'Ana María', 'Ana']);
  const [bea = 0, anaMaria = 0, ana = 0] = members;
  const create = { kind: 'create-channel', topic: '', clientId: mintClientId() } as const;
  const { id: secret } = await store.write({ ...create, author: ada, name: 'Dirección', private: true });
  const { id: direct } = await store.write({ kind: 'open-direct', author: ada, people: [bea] });
  await post('plan secreto', ada, secret);
  await post('plan entre dos', ada, direct);
  await post('plan de todos', anaMaria);
  await post('plan de Ana', ana);
  keep(store, 'chat-1');
  await indexed();

  expect(await find(store, ada, 'plan')).toEqual(['plan de Ana', 'plan de todos', 'plan entre dos', 'plan secreto']);
  expect(await find(store, bea, 'plan')).toEqual(['plan de Ana', 'plan de todos', 'plan entre dos']);
  expect(await find(store, ana, 'plan')).toEqual(['plan de Ana', 'plan de todos']);
  expect(await find(store, ada, 'plan en:direccion')).toEqual(['plan secreto']);
  expect(await find(store, bea, 'plan in:Dirección')).toEqual([]);
  expect(await find(store, ada, 'in:@bea')).toEqual(['plan entre dos']);
  expect(await find(store, bea, 'en:ada')).toEqual(['plan entre dos']);
  expect(await find(store, ada, 'from:ana')).toEqual(['plan de Ana']);
  expect(await find(store, ada, 'de:"ana maria"')).toEqual(['plan de todos']);
  expect(await find(store, ada, 'de:maria plan')).toEqual(['plan de todos']);
  expect(await find(store, ada, 'from:nobody plan')).toEqual([]);
  expect(await find(store, ada, 'plan -from:ana -in:direccion')).toEqual(['plan de todos', 'plan entre dos']);
  expect(await find(store, bea, 'plan -en:dirección -de:nadie')).toEqual(await find(store, bea, 'plan'));
  expect(await find(store, bea, 'plan -en:ada')).toEqual(['plan de Ana', 'plan de todos']);

  await store.write({ kind: 'leave-channel', member: ana, channel });
  expect(await find(store, ana, 'plan')).toEqual([]);
  await store.write({ kind: 'join-channel', member: ana, channel });
  expect(await find(store, ana, 'plan')).toHaveLength(2);
});

test('[S.4] what is said a lot where somebody can’t look is answered like what nobody ever said', async () => {
  const { store, post, ada, members, keep, indexed } = await openWorkspace(['Bea']);
  const [bea = 0] = members;
  const create = { kind: 'create-channel', topic: '', clientId: mintClientId() } as const;
  const { id: secret } = await store.write({ ...create, author: ada, name: 'Dirección', private: true });
  for (let index = 0; index < 40; index += 1) await post(`saludo ${index}`, bea);
  await Promise.all(Array.from({ length: 3_000 }, (_, index) => post(`despido y saludo ${index}`, ada, secret)));
  keep(store, 'chat-1');
  await indexed();
  const answer = async (typed: string) => {
    const { cursor: _, ...page } = await store.search(bea, query(typed));
    return page;
  };
  for (const more of ['', ' saludo', ' de:bea'])
    expect(await answer(`despido${more}`)).toEqual(await answer(`nuncadicho${more}`));
  expect(await find(store, ada, 'despido saludo')).toHaveLength(3_000);
});

test('[S.4] where a search ends tells nothing of what is said where somebody can’t look, however many channels they have', async () => {
  const { store, post, ada, members, keep, indexed } = await openWorkspace(['Bea', 'Carlos']);
  const [bea = 0] = members;
  const create = (author: number, name: string) =>
    store.write({ kind: 'create-channel', topic: '', clientId: mintClientId(), author, name, private: true });
  const { id: secret } = await create(ada, 'Dirección');
  const own = await Promise.all(Array.from({ length: 10 }, (_, index) => create(bea, `sala ${index}`)));
  const readable = new Set<number>();
  const chat = async (count: number) => {
    const seqs = Array.from({ length: count }, (_, index) => post(`saludo ${index}`, bea, own[index % 10]?.id));
    for (const seq of await Promise.all(seqs)) readable.add(seq);
  };
  await chat(300);
  await Promise.all(Array.from({ length: 1_200 }, (_, index) => post(`despido ${index}`, ada, secret)));
  await post('ascenso', ada, secret);
  await chat(300);
  keep(store, 'chat-1');
  await indexed();

  // Looking so many names up takes longer than a search may.
  const from = ['Ada', ...Array.from({ length: 19 }, () => 'Carlos')];
  const ends = async (text: string) => {
    const pages = [];
    for (let round = 0; round < 20; round += 1)
      pages.push(await store.search(bea, query(text, { from, in: [] })), await store.search(bea, query(text)));
    expect(pages.every(({ messages }) => messages.length === 0)).toBe(true);
    return pages.flatMap(({ next }) => (next === undefined ? [] : [next]));
  };
  expect(await ends('nuncadicho')).toEqual([]);
  expect(await ends('ascenso')).toEqual([]);
  const multiples = (next: number) => next % 512 === 0 || readable.has(next);
  expect((await ends('despido')).filter((next) => !multiples(next))).toEqual([]);

  // By a clock on which time passes with every look at it: also between two that directly follow one another.
  let [timeMs, stepMs] = [0, 0];
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    timeMs += stepMs;
    return timeMs;
  });
  onTestFinished(() => clock.mockRestore());
  for (let looks = 2; looks <= 40; looks += 1) {
    stepMs = 2 / (looks - 0.5);
    const { next } = await store.search(bea, query('despido'));
    expect(next === undefined || multiples(next), `${looks} looks, ${next}`).toBe(true);
  }
});

test('[S.2] filters narrow by time and by what a message has', async () => {
  const { store, post, ada, channel, setClock, keep, indexed } = await openWorkspace();
  const day = (date: number) => new Date(2026, 2, date, 12).getTime();
  setClock(day(1));
  const first = await post('tarea uno');
  setClock(day(2));
  const second = await post('tarea dos');
  setClock(day(3));
  const third = await post('tarea tres');
  await store.write({ kind: 'set-reaction', member: ada, message: first, emoji: '👍', on: true });
  await store.write({ kind: 'set-pin', member: ada, message: second, on: true });
  const reply = { author: ada, channel, clientId: mintClientId(), text: 'una respuesta', thread: third };
  await store.write({ kind: 'post-reply', ...reply, toChannel: false });
  keep(store, 'chat-1');
  await indexed();
  expect(await find(store, ada, 'tarea before:2026-03-02')).toEqual(['tarea uno']);
  expect(await find(store, ada, 'tarea después:2/3/2026')).toEqual(['tarea tres']);
  expect(await find(store, ada, 'on:2026-03-02')).toEqual(['tarea dos']);
  expect(await find(store, ada, 'has:reaction')).toEqual(['tarea uno']);
  expect(await find(store, ada, 'tiene:fijado')).toEqual(['tarea dos']);
  expect(await find(store, ada, 'has:thread')).toEqual(['tarea tres']);
  expect(await find(store, ada, 'respuesta')).toEqual(['una respuesta']);
  await post('tarea en https://example.org');
  expect(await find(store, ada, 'tarea -has:reaction -tiene:enlace')).toEqual(['tarea tres', 'tarea dos']);
  expect(await find(store, ada, 'tarea -has:thread -has:pin -tiene:foto after:2026-03-01')).toEqual([
    'tarea en https://example.org',
  ]);
});

test('[S.5] an edit is found by its new words only; of what was deleted or purged the file holds no word', async () => {
  const { path, store, post, ada, members, keep, indexed } = await openWorkspace(['Bea']);
  const [bea = 0] = members;
  const index = keep(store, 'chat-1');
  const edited = await post('zanahoriaprimera zanahoriacomún');
  const deleted = await post('zanahoriasegunda zanahoriacomún 秘密会议');
  for (let count = 0; count < 5; count += 1) await post(`zanahoriatercera${count} de Bea`, bea);
  await indexed();
  expect(await find(store, ada, 'zanahoria')).toHaveLength(7);

  await store.write({ kind: 'edit-message', member: ada, message: edited, text: 'apiocuarto zanahoriacomún' });
  await store.write({ kind: 'delete-message', member: ada, message: deleted });
  expect(await find(store, ada, 'zanahoria')).toHaveLength(6);
  expect(await find(store, ada, 'zanahoriaprimera')).toEqual([]);
  expect(await find(store, ada, 'apio')).toEqual(['apiocuarto zanahoriacomún']);
  await store.write({ kind: 'remove-member', author: ada, member: bea, purge: true });
  while ((await store.write({ kind: 'purge-messages', limit: 2 })).more);
  await store.write({ kind: 'delete-message', member: ada, message: edited });
  expect(await find(store, ada, 'zanahoria')).toEqual([]);
  await index.stop();
  await store.close();
  const file = await readFile(path);
  for (const word of ['zanahoria', 'apiocuarto', 'horiaprim', '秘密', '会议']) expect(file.includes(word)).toBe(false);
  const database = await openConnection({ path, busyTimeoutMs: 0, onFault: () => undefined });
  for (const table of ['search_words', 'search_stale'])
    expect(await database.all(`SELECT * FROM ${table}`)).toEqual([]);
  await database.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')");
  await database.close();
  expect((await readdir(join(path, '..'))).filter((name) => name.endsWith('-wal'))).toEqual([]);
});

test('[S.2] [S.5] a message is found by the names of its files, also without a text; of a deleted one no name is left', async () => {
  const { path, store, post, ada, channel, keep, indexed } = await openWorkspace();
  const index = keep(store, 'chat-1');
  const uploads = await openConnection({ path, busyTimeoutMs: 5_000, onFault: () => undefined });
  const upload = async (name: string, kind: string) => {
    const id = mintClientId();
    const attachment = { id, name, mediaType: 'application/octet-stream', size: 3, kind };
    await uploads.all(
      `INSERT INTO files (id, member, name, bytes, state, attachment, touched_at) VALUES (?, ?, ?, 3, 'ready', ?, 0)`,
      ...[id, ada, name, JSON.stringify(attachment)],
    );
    return id;
  };
  const send = async (text: string, attachments: string[]) => {
    const message = { author: ada, channel, clientId: mintClientId(), text, attachments };
    return (await store.write({ kind: 'post-files', ...message })).seq;
  };
  const names = async (typed: string) => {
    const messages = await findMessages(store, ada, typed);
    return messages.map(({ attachments = [] }) => attachments.map(({ name }) => name).join());
  };
  await post('sin nada');
  const alone = await send('', [await upload('Señal_berenjena.pdf', 'file')]);
  const both = await send('mira', [await upload('foto-calabacín.png', 'picture'), await upload('otra.txt', 'file')]);
  for (const round of ['as they are', 'indexed']) {
    expect(await names('berenjena'), round).toEqual(['Señal_berenjena.pdf']);
    expect(await names('senal'), round).toEqual(['Señal_berenjena.pdf']);
    expect(await names('mira calabacin'), round).toEqual(['foto-calabacín.png,otra.txt']);
    expect(await names('has:file'), round).toEqual(['foto-calabacín.png,otra.txt', 'Señal_berenjena.pdf']);
    expect(await names('tiene:imagen'), round).toEqual(['foto-calabacín.png,otra.txt']);
    await indexed();
  }
  await store.write({ kind: 'edit-message', member: ada, message: both, text: 'mirad' });
  expect(await names('mirad otra.txt')).toHaveLength(1);
  for (const message of [alone, both]) await store.write({ kind: 'delete-message', member: ada, message });
  expect(await names('has:file')).toEqual([]);
  expect(await uploads.all('SELECT word FROM search_words ORDER BY word')).toEqual([{ word: 'nada' }, { word: 'sin' }]);
  await uploads.close();
  await index.stop();
  await store.close();
  const file = await readFile(path);
  for (const word of ['berenjena', 'calabac']) expect(file.includes(word)).toBe(false);
});

test('[S.5] what a release that knew no search has changed is taken out by the next one that does', async () => {
  const { path, store, post, ada, keep, indexed } = await openWorkspace();
  keep(store, 'chat-1');
  const message = await post('palabrota');
  await indexed();
  const older = await openConnection({ path, busyTimeoutMs: 1_000, onFault: () => undefined });
  await older.all('UPDATE messages SET text = ? WHERE id = ?', 'perdón', message);
  await older.all('UPDATE messages SET text = ? WHERE id = ?', 'perdonadme', message);
  await vi.waitFor(async () => expect(await older.all('SELECT * FROM search_stale')).toEqual([]), { timeout: 10_000 });
  expect(await older.all('SELECT word FROM search_words')).toEqual([{ word: 'perdonadme' }]);
  await older.close();
  expect(await find(store, ada, 'perdona')).toEqual(['perdonadme']);
});

test('[S.6] [G7.6] one replica fills the index at a time, and where it was killed the next one goes on', async () => {
  const { store, open, post, ada, keep, indexed } = await openWorkspace();
  const two = await open('chat-2');
  await Promise.all(Array.from({ length: 900 }, (_, index) => post(`mensaje ${index}`)));
  // The first one takes the lease, and is never heard of again.
  const { due: _, more: __, ...batch } = await store.unindexed(100);
  const lease = { holder: 'chat-1', forMs: 1_500 };
  await store.write({ kind: 'index-messages', ...lease, from: 0, to: 0, messages: [], words: [] });
  expect(await store.write({ kind: 'index-messages', ...lease, ...batch })).toEqual({ held: true });
  expect(await two.write({ kind: 'index-messages', holder: 'chat-2', forMs: 3_000, ...batch })).toEqual({
    held: false,
  });
  keep(two, 'chat-2');
  await indexed();
  // The same batch again changes nothing.
  await two.write({ kind: 'index-messages', holder: 'chat-2', forMs: 3_000, ...batch });
  expect(await find(two, ada, 'mensaje')).toHaveLength(900);
});

test('[S.6] what went into the index bit by bit is brought together, and all of it is still found', async () => {
  const { path, store, post, ada, keep, indexed } = await openWorkspace();
  const database = await openConnection({ path, busyTimeoutMs: 5_000, onFault: () => undefined });
  const pieces = async () => {
    const tables = ['search_index_idx', 'search_parts_idx'];
    const counted = tables.map((table) => database.all(`SELECT count(DISTINCT segid) AS pieces FROM ${table}`));
    return (await Promise.all(counted)).map(([row]) => row?.pieces);
  };
  for (let index = 0; index < 7; index += 1) {
    await post(`palabra número${index}`);
    const { due: _, more: __, ...batch } = await store.unindexed(100);
    await store.write({ kind: 'index-messages', holder: 'before', forMs: 1, ...batch });
  }
  for (const count of await pieces()) expect(count).toBeGreaterThan(4);
  await post('palabra última');
  const index = keep(store, 'chat-1');
  await indexed();
  await vi.waitFor(async () => expect(await pieces()).toEqual([1, 1]), { timeout: 20_000 });
  await index.stop();
  expect(await find(store, ada, 'palabra')).toHaveLength(8);
  expect(await find(store, ada, 'úmero5')).toEqual(['palabra número5']);
  await database.execute("INSERT INTO search_index (search_index) VALUES ('integrity-check')");
  await database.close();
});

test('[S.3] what several words have in common is found block after block', async () => {
  const { path, store, post, ada, keep, indexed } = await openWorkspace();
  const database = await openConnection({ path, busyTimeoutMs: 5_000, onFault: () => undefined });
  const skip = (seqs: number) =>
    database.all("UPDATE sqlite_sequence SET seq = seq + ? WHERE name = 'events'", seqs).then(() => undefined);
  const expected: string[] = [];
  for (let index = 0; index < 12; index += 1) {
    await post(`manzana ${index}`);
    await post(`pera ${index}`);
    if (index % 3 === 0) {
      await post(`pera y manzana ${index}`);
      expected.unshift(`pera y manzana ${index}`);
    }
    await skip(50_000 * index);
  }
  await database.close();
  keep(store, 'chat-1');
  await indexed();
  expect(await find(store, ada, 'manzana pera')).toEqual(expected);
  expect(await find(store, ada, 'manzana pera', 1)).toEqual(expected);
  expect(await find(store, ada, 'manzana de:ada')).toHaveLength(16);
  expect(await find(store, ada, 'manzana kiwi')).toEqual([]);
});

test('[S.7] whatever is asked costs a bounded time, and leads on to the end', async () => {
  const { store, post, ada, keep, indexed } = await openWorkspace();
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const words = (index: number) =>
    Array.from({ length: 12 }, (_, at) => `${letters[(index + at) % 26]}${letters[(index * at) % 26]}con${index * at}`);
  await Promise.all(Array.from({ length: 2_000 }, (_, index) => post(words(index).join(' '))));
  keep(store, 'chat-1');
  await indexed();
  const hostile = [
    'a',
    'con',
    '"',
    '*',
    'AND OR NOT NEAR(a b)',
    'a* OR "b" : ^c {d}',
    '%_\\',
    "'; DROP TABLE messages; --",
    'x'.repeat(4_000),
    'con '.repeat(1_000),
    Array.from({ length: 1_300 }, (_, index) => `c${index % 100}`)
      .join(' ')
      .slice(0, 3_900),
    'ab cd '.repeat(600),
    `"${'a '.repeat(1_900)}"`,
    '会'.repeat(3_000),
    '-con',
    '\u0301\u0301\u0301',
    'in:zzz con',
  ];
  for (const typed of hostile) {
    const startedAt = performance.now();
    const page = await store.search(ada, query(typed));
    expect(page.messages.length).toBeLessThanOrEqual(50);
    // Far above what it takes: a loaded machine must pass, a search that looks at everything must not.
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  }
  expect(await find(store, ada, 'con')).toHaveLength(2_000);
  expect(() => query('x'.repeat(4_001))).toThrow();
  expect(() => query('y '.repeat(10_000))).toThrow();
});

test('[S.7] thousands of terms and the longest texts cost no more', async () => {
  const { store, post, ada } = await openWorkspace();
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const pairs = letters.flatMap((one) => letters.map((other) => one + other));
  // Each pair is inside of longer words, so that none of them is there as a word.
  const text = pairs
    .map((pair) => `${pair}x`)
    .join('')
    .repeat(2)
    .slice(0, 4_000);
  await Promise.all(Array.from({ length: 60 }, () => post(text)));
  const words = pairs.map((pair) => ({ text: pair, exact: true, excluded: true }));
  let next: number | undefined;
  let [found, questions] = [0, 0];
  do {
    const page = await store.search(ada, SearchMessages.parse({ words, limit: 50, next }));
    questions += 1;
    found += page.messages.length;
    next = page.next;
  } while (next !== undefined);
  expect(found).toBe(60);
  // Two would do, if each looked at all that fits on a page.
  expect(questions).toBeGreaterThan(4);
});
