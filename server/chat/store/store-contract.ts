import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { mintClientId } from '../../../shared/client-id.ts';
import type { LogEvent, Sent } from '../../../shared/protocol.ts';
import { Refusal } from '../refusal.ts';
import type { PageQuery, Store } from './store.ts';

/**
 * What every engine behind the `Store` port must do. `open` gives two stores as two replicas have them, on the same
 * empty data, and closes both when the test ends.
 */
export function describeStore(name: string, open: () => Promise<[Store, Store]>): void {
  describe(`store contract: ${name}`, () => {
    async function openSetUp() {
      const [one, two] = await open();
      const token = (await one.setUpToken()) ?? '';
      const { member: owner } = await one.write({
        kind: 'set-up',
        token,
        workspace: 'Aula',
        name: 'Ada',
        passwordHash: 'hash',
        session: session('ada'),
      });
      const { channels } = await one.workspace(owner);
      const channel = channels[0]?.id ?? 0;
      const post = (store: Store, text: string, clientId = mintClientId()) =>
        store.write({ kind: 'post-message', author: owner, channel, clientId, text });
      return { one, two, owner, channel, post };
    }

    /** The owner and people who have joined by an invite link. */
    async function openWithGuests(names: string[]) {
      const opened = await openSetUp();
      const { one, owner } = opened;
      const invite = { kind: 'create-invite', author: owner, code: 'people', guests: true, maximumUses: 99 } as const;
      await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
      const members: number[] = [];
      for (const name of names) {
        const joining = { kind: 'join-workspace', code: 'people', name, passwordHash: null } as const;
        members.push((await one.write({ ...joining, session: session(name) })).member);
      }
      return { ...opened, members };
    }

    const channelOf = async (store: Store, member: number, channel: number) =>
      (await store.workspace(member)).channels.find(({ id }) => id === channel);
    /** Appends nothing. */
    const quietly = async (store: Store, write: () => Promise<unknown>) => {
      const { head } = await store.range();
      await write();
      expect((await store.range()).head).toBe(head);
    };

    const session = (secretHash: string, expiresAt = Date.now() + 60_000) => ({ secretHash, expiresAt });
    const everything = async (store: Store) => store.readAfter(0, 100_000);
    const parsed = async (store: Store) =>
      (await everything(store)).map(({ payload }) => JSON.parse(payload) as LogEvent);
    const refused = (reason: string) => expect.objectContaining({ reason });

    test('[G2.4] [G4.2] both replicas read one log: seqs ascend, and each event names its predecessor in its stream', async () => {
      const { one, two, post } = await openSetUp();
      await Promise.all(Array.from({ length: 200 }, (_, index) => post(index % 2 === 0 ? one : two, `m${index}`)));
      const events = await parsed(one);
      expect(await parsed(two)).toEqual(events);
      const heads = new Map<string, number>();
      let last = 0;
      for (const { seq, stream, previous } of events) {
        expect(seq).toBeGreaterThan(last);
        expect(previous).toBe(heads.get(stream) ?? 0);
        heads.set(stream, seq);
        last = seq;
      }
      expect((await one.range()).head).toBe(last);
      expect((await one.range()).log).toBe((await two.range()).log);
    });

    test('[G1] [G2.2] who follows the log sees every acknowledged event, and never one before what it has seen', async () => {
      const { one, two, post } = await openSetUp();
      const seen: number[] = [];
      let cursor = 0;
      const acknowledged: number[] = [];
      const writers = [one, two].map(async (store) => {
        for (let index = 0; index < 100; index += 1) acknowledged.push((await post(store, 'x')).seq);
      });
      let writing = true;
      const done = Promise.all(writers).then(() => {
        writing = false;
      });
      for (let last = false; !last || cursor !== (await two.range()).head; ) {
        last = !writing;
        for (const { seq } of await two.readAfter(cursor, 7)) {
          expect(seq).toBeGreaterThan(cursor);
          cursor = seq;
          seen.push(seq);
        }
        await new Promise(setImmediate);
      }
      await done;
      expect(seen).toEqual(expect.arrayContaining(acknowledged));
    });

    test('[G3.1] [G3.2] [G3.3] a client id is accepted once, in whichever replica and batch it comes, with the first answer', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const clientId = mintClientId();
      const answers = await Promise.all([one, one, two, two].map((store) => post(store, 'once', clientId)));
      answers.push(await post(two, 'once', clientId));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      await expect(post(one, 'other text', clientId)).rejects.toEqual(refused('client-id-reused'));
      expect((await one.page(owner, { channel, limit: 10 })).messages).toHaveLength(1);
    });

    test('[G3] a refusal in a batch leaves the rest of it alone', async () => {
      const { one, owner, channel } = await openSetUp();
      const results = await Promise.allSettled(
        [channel, 999, channel].map((to, index) =>
          one.write({ kind: 'post-message', author: owner, channel: to, clientId: mintClientId(), text: `m${index}` }),
        ),
      );
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await one.page(owner, { channel, limit: 10 })).messages.map(({ text }) => text)).toEqual(['m0', 'm2']);
    });

    test('[G3.4] joining, leaving and reading set a state: a repeat appends nothing', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { number } = await post(one, 'x');
      const { id: invite } = await one.write({
        kind: 'create-invite',
        author: owner,
        clientId: mintClientId(),
        code: 'code',
        guests: true,
        maximumUses: 10,
        expiresAt: Date.now() + 60_000,
      });
      expect(invite).toBeGreaterThan(0);
      const joining = { kind: 'join-workspace', code: 'code', name: 'Bea', passwordHash: null } as const;
      const { member } = await two.write({ ...joining, session: session('bea') });
      const { id: other } = await one.write({
        kind: 'create-channel',
        author: owner,
        clientId: mintClientId(),
        name: 'other',
        topic: '',
        private: false,
      });
      const twice = async (write: () => Promise<unknown>) => {
        await write();
        const { head } = await one.range();
        await write();
        expect((await one.range()).head).toBe(head);
      };
      await twice(() => two.write({ kind: 'join-channel', member, channel: other }));
      await twice(() => one.write({ kind: 'mark-read', member: owner, channel, readNumber: number }));
      await twice(() => one.write({ kind: 'leave-channel', member, channel: other }));
    });

    test('[G4.5] a snapshot and its cursor are of one moment, whatever is written beside it', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      let writing = true;
      const writer = (async () => {
        for (let index = 0; index < 200; index += 1) await post(one, `m${index}`);
        writing = false;
      })();
      while (writing) {
        const [page, workspace] = await Promise.all([two.page(owner, { channel, limit: 1 }), two.workspace(owner)]);
        const posted = (await parsed(two)).filter(({ kind }) => kind === 'message-posted');
        const upTo = (cursor: number) => posted.filter(({ seq }) => seq <= cursor);
        expect(page.messages.at(-1)?.id).toBe(upTo(page.cursor).at(-1)?.seq);
        expect(workspace.channels[0]?.lastNumber).toBe(upTo(workspace.cursor).length);
      }
      await writer;
    });

    test('[G3.4] edits and reactions set a state: a repeat appends nothing, and pages have what the log says', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { seq: message } = await post(one, 'frist');
      const twice = async (write: (store: Store) => Promise<unknown>) => {
        await write(one);
        const { head } = await one.range();
        await write(two);
        expect((await one.range()).head).toBe(head);
      };
      await twice((store) => store.write({ kind: 'edit-message', member: owner, message, text: 'first' }));
      const react = (emoji: string, on: boolean) => (store: Store) =>
        store.write({ kind: 'set-reaction', member: owner, message, emoji, on });
      await twice(react('👍', true));
      await twice(react('🎉', true));
      await twice(react('👍', false));
      const page = await two.page(owner, { channel, limit: 10 });
      expect(page.messages).toMatchObject([
        { text: 'first', reactions: [{ emoji: '🎉', member: owner }], changedSeq: (await one.range()).head },
      ]);
      expect((await one.versions(owner, message)).versions).toEqual([{ text: 'frist', at: expect.any(Number) }]);
      const kinds = (await parsed(two)).map(({ kind }) => kind);
      expect(kinds.slice(-4)).toEqual(['message-edited', 'reaction-set', 'reaction-set', 'reaction-set']);
    });

    test('[G6.8] [G3.2] a deleted message’s texts are gone from every table; a repeat of its send gets the first answer', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const clientId = mintClientId();
      const sent = await post(one, 'a secret', clientId);
      const message = sent.seq;
      await post(one, 'stays');
      await one.write({ kind: 'edit-message', member: owner, message, text: 'a secret, second' });
      await two.write({ kind: 'edit-message', member: owner, message, text: 'a secret, third' });
      await one.write({ kind: 'set-reaction', member: owner, message, emoji: '👍', on: true });
      await two.write({ kind: 'delete-message', member: owner, message });
      const { head } = await one.range();
      await one.write({ kind: 'delete-message', member: owner, message });
      expect((await one.range()).head).toBe(head);
      expect(JSON.stringify(await everything(one))).not.toContain('secret');
      const { messages } = await two.page(owner, { channel, limit: 10 });
      expect(messages.map(({ text }) => text)).toEqual(['', 'stays']);
      expect(messages[0]).toEqual({ ...messages[0], deletedBy: owner, number: 1 });
      expect(messages[0]).not.toHaveProperty('reactions');
      expect((await one.versions(owner, message)).versions).toEqual([]);
      expect(await post(two, 'a secret', clientId)).toEqual(sent);
      for (const kind of ['edit-message', 'set-reaction'] as const)
        await expect(one.write({ kind, member: owner, message, text: 'x', emoji: '👍', on: true })).rejects.toEqual(
          refused('message-not-found'),
        );
    });

    test('[G3.1] [G2.5] a reply counts in its thread, and in the channel only where it is sent there too', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { seq: root } = await post(one, 'root');
      const clientId = mintClientId();
      const reply = { kind: 'post-reply', author: owner, channel, thread: root, text: 'reply' } as const;
      const first = await one.write({ ...reply, clientId, toChannel: false });
      expect(await two.write({ ...reply, clientId, toChannel: false })).toEqual(first);
      await expect(two.write({ ...reply, clientId, toChannel: true })).rejects.toEqual(refused('client-id-reused'));
      await expect(post(one, 'reply', clientId)).rejects.toEqual(refused('client-id-reused'));
      const second = await two.write({ ...reply, clientId: mintClientId(), toChannel: true });
      expect([first.number, second.number]).toEqual([0, 2]);
      expect((await post(one, 'next')).number).toBe(3);
      expect((await one.workspace(owner)).channels[0]).toMatchObject({ lastNumber: 3, readNumber: 3 });

      const page = await one.page(owner, { channel, limit: 10 });
      expect(page.messages.map(({ number }) => number)).toEqual([1, 2, 3]);
      expect(page.messages[0]).toMatchObject({ replies: { count: 2, members: [owner] }, changedSeq: second.seq });
      const thread = await two.threadPage(owner, { thread: root, limit: 1 });
      expect(thread).toMatchObject({
        root: { id: root },
        messages: [{ id: second.seq, thread: root, threadNumber: 2 }],
        ...{ older: true, following: true, readNumber: 2 },
      });
      await expect(one.threadPage(owner, { thread: first.seq, limit: 1 })).rejects.toEqual(
        refused('message-not-found'),
      );
      await expect(
        one.write({ ...reply, thread: first.seq, clientId: mintClientId(), toChannel: false }),
      ).rejects.toEqual(refused('message-not-found'));

      await one.write({ kind: 'delete-message', member: owner, message: first.seq });
      await one.write({ kind: 'delete-message', member: owner, message: root });
      const [tombstone] = (await two.page(owner, { channel, limit: 10 })).messages;
      expect(tombstone).toMatchObject({ text: '', deletedBy: owner, replies: { count: 1 } });
    });

    test('[G3.4] [G6.2] threads are followed by who is in them, read by position, and forgotten with the channel', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { seq: root } = await post(one, 'root');
      const invite = { kind: 'create-invite', author: owner, code: 'code', guests: true, maximumUses: 9 } as const;
      await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
      const joining = { kind: 'join-workspace', code: 'code', passwordHash: null } as const;
      const { member } = await one.write({ ...joining, name: 'Bea', session: session('bea') });
      const reply = { kind: 'post-reply', author: member, channel, thread: root, toChannel: false } as const;
      await two.write({ ...reply, clientId: mintClientId(), text: 'x' });
      const threads = async (who: number) => (await one.threads(who)).threads;
      expect(await threads(owner)).toMatchObject([{ root, channel, lastNumber: 1, readNumber: 0 }]);
      expect(await threads(member)).toMatchObject([{ root, channel, lastNumber: 1, readNumber: 1 }]);
      const twice = async (write: (store: Store) => Promise<unknown>) => {
        await write(one);
        const { head } = await one.range();
        await write(two);
        expect((await one.range()).head).toBe(head);
      };
      await twice((store) => store.write({ kind: 'read-thread', member: owner, thread: root, readNumber: 9 }));
      expect(await threads(owner)).toMatchObject([{ readNumber: 1 }]);
      await twice((store) => store.write({ kind: 'follow-thread', member: owner, thread: root, on: false }));
      await two.write({ ...reply, clientId: mintClientId(), text: 'y' });
      expect(await threads(owner)).toEqual([]);
      await twice((store) => store.write({ kind: 'follow-thread', member: owner, thread: root, on: true }));
      expect(await threads(owner)).toMatchObject([{ lastNumber: 2, readNumber: 2 }]);
      await one.write({ kind: 'leave-channel', member, channel });
      await expect(two.write({ ...reply, clientId: mintClientId(), text: 'z' })).rejects.toEqual(
        refused('message-not-found'),
      );
      await one.write({ kind: 'join-channel', member, channel });
      expect(await threads(member)).toEqual([]);
    });

    test('[G3.1] [G6.10] a quote and a forward exist once by their client id; what is passed on tells no private place', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { seq: quotes } = await post(one, 'the question');
      const quote = { kind: 'post-quote', author: owner, channel, clientId: mintClientId(), text: 'yes' } as const;
      const answer = await one.write({ ...quote, quotes });
      expect(await two.write({ ...quote, quotes })).toEqual(answer);
      await expect(two.write({ ...quote, quotes: answer.seq })).rejects.toEqual(refused('client-id-reused'));
      const creation = { kind: 'create-channel', author: owner, topic: '', name: 'secret', private: true } as const;
      const { id: secret } = await one.write({ ...creation, clientId: mintClientId() });
      await expect(one.write({ ...quote, channel: secret, clientId: mintClientId(), quotes })).rejects.toEqual(
        refused('message-not-found'),
      );
      const hidden = { kind: 'post-message', author: owner, channel: secret, clientId: mintClientId() } as const;
      const { seq: message } = await one.write({ ...hidden, text: 'words' });
      const forward = { kind: 'forward-message', author: owner, clientId: mintClientId() } as const;
      const passedOn = await two.write({ ...forward, channel, message });
      await one.write({ kind: 'delete-message', member: owner, message });
      expect(await one.write({ ...forward, channel, message })).toEqual(passedOn);
      const back = await one.write({ ...forward, clientId: mintClientId(), channel: secret, message: quotes });
      const [, quoting, forwarded] = (await two.page(owner, { channel, limit: 10 })).messages;
      expect(quoting).toMatchObject({ text: 'yes', quotes });
      expect(forwarded?.text).toBe('words');
      expect(forwarded?.forwarded).toEqual({ author: owner, name: 'Ada', at: expect.any(Number) });
      const inside = await one.message(owner, back.seq);
      expect(inside.message.forwarded).toMatchObject({ from: { channel, message: quotes } });
      await expect(one.message(999, quotes)).rejects.toEqual(refused('message-not-found'));
    });

    test('[G6.9] [G6.10] the words of who is no longer here can be passed on, under their name', async () => {
      const { one, owner, channel, members } = await openWithGuests(['Ana']);
      const [ana = 0] = members;
      const posting = { kind: 'post-message', author: ana, channel, clientId: mintClientId(), text: 'bye' } as const;
      const { seq: message } = await one.write(posting);
      await one.write({ kind: 'remove-member', author: owner, member: ana, purge: false });
      const forward = { kind: 'forward-message', author: owner, channel, clientId: mintClientId(), message } as const;
      const { seq } = await one.write(forward);
      expect((await one.message(owner, seq)).message).toMatchObject({
        author: owner,
        text: 'bye',
        forwarded: { author: ana, name: 'Ana' },
      });
    });

    test('[G10] a name that differs from another by what nobody sees is taken, and one of such signs alone is none', async () => {
      const { one, owner } = await openWithGuests([]);
      const join = (name: string) =>
        one.write({ kind: 'join-workspace', code: 'people', name, passwordHash: null, session: session(name) });
      // A joiner, a soft hyphen, a mark of direction, a filler.
      for (const name of ['Ada\u200d', 'A\u00adda', '\u200eAda', 'Ada\u3164', '\u061cada'])
        await expect(join(name)).rejects.toEqual(refused('name-taken'));
      for (const name of ['\u200e', '\u3164', '\u2800'])
        await expect(join(name)).rejects.toEqual(refused('name-invalid'));
      const creation = { kind: 'create-channel', author: owner, topic: '', private: false } as const;
      await expect(one.write({ ...creation, clientId: mintClientId(), name: 'general\u200d' })).rejects.toEqual(
        refused('channel-name-taken'),
      );
      expect((await join('Zoë 👩‍🚀')).role).toBe('guest');
    });

    test('[G3.4] pins are the channel’s, what is saved is one’s own; both go with the message', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const [first, second] = [(await post(one, 'one')).seq, (await post(one, 'two')).seq];
      const twice = async (write: (store: Store) => Promise<unknown>) => {
        await write(one);
        const { head } = await one.range();
        await write(two);
        expect((await one.range()).head).toBe(head);
      };
      for (const kind of ['set-pin', 'set-saved'] as const)
        for (const message of [first, second])
          await twice((store) => store.write({ kind, member: owner, message, on: true }));
      const invite = { kind: 'create-invite', author: owner, code: 'code', guests: true, maximumUses: 9 } as const;
      await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
      const joining = { kind: 'join-workspace', code: 'code', passwordHash: null } as const;
      const { member: guest } = await one.write({ ...joining, name: 'Bea', session: session('bea') });
      await expect(one.write({ kind: 'set-pin', member: guest, message: first, on: false })).rejects.toEqual(
        refused('not-allowed'),
      );
      expect((await two.pins(guest, channel)).pins.map(({ message }) => message).sort()).toEqual([first, second]);
      expect((await two.saved(guest)).saved).toEqual([]);
      expect((await two.saved(owner)).saved).toHaveLength(2);
      await twice((store) => store.write({ kind: 'set-pin', member: owner, message: second, on: false }));
      expect((await one.pins(owner, channel)).pins).toMatchObject([{ message: first, by: { name: 'Ada' } }]);
      await one.write({ kind: 'delete-message', member: owner, message: first });
      expect((await one.pins(owner, channel)).pins).toEqual([]);
      expect((await one.saved(owner)).saved).toMatchObject([{ message: second, channel }]);
      const inOwnStream = (await parsed(one)).filter(({ kind }) => kind === 'saved-set');
      expect(new Set(inOwnStream.map(({ stream }) => stream))).toEqual(new Set([`member:${owner}`]));
    });

    test('[G6.2] who may change a message is decided inside the transaction', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { seq: message } = await post(one, 'mine');
      const invite = { kind: 'create-invite', author: owner, code: 'code', guests: true, maximumUses: 9 } as const;
      await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
      const joining = { kind: 'join-workspace', code: 'code', passwordHash: null } as const;
      const { member } = await one.write({ ...joining, name: 'Bea', session: session('bea') });
      await expect(two.write({ kind: 'edit-message', member, message, text: 'yours' })).rejects.toEqual(
        refused('not-allowed'),
      );
      await expect(two.write({ kind: 'delete-message', member, message })).rejects.toEqual(refused('not-allowed'));
      const theirs = {
        kind: 'post-message',
        author: member,
        channel,
        clientId: mintClientId(),
        text: 'theirs',
      } as const;
      const { seq } = await two.write(theirs);
      await expect(one.write({ kind: 'edit-message', member: owner, message: seq, text: 'x' })).rejects.toEqual(
        refused('not-allowed'),
      );
      await one.write({ kind: 'delete-message', member: owner, message: seq });
      await one.write({ kind: 'leave-channel', member, channel });
      for (const write of [
        () => two.write({ kind: 'edit-message', member, message: seq, text: 'x' }),
        () => two.write({ kind: 'delete-message', member, message: seq }),
        () => two.write({ kind: 'set-reaction', member, message, emoji: '👍', on: true }),
        () => two.versions(member, message),
      ])
        await expect(write()).rejects.toEqual(refused('message-not-found'));
    });

    test('[M.1] [M.2] who is named is counted once, @channel and @here count for those they mean, and reading ends it', async () => {
      const { one, two, owner, channel, members } = await openWithGuests(['Ana', 'Ana María', 'Bea']);
      const [ana = 0, anaMaria = 0, bea = 0] = members;
      const post = (text: string, author = owner, online: number[] = []) =>
        one.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text, online });
      const counts = async () =>
        Promise.all(members.map(async (member) => (await channelOf(two, member, channel))?.mentions ?? 0));
      await post('hello @ana maria, and @ANA');
      expect(await counts()).toEqual([1, 1, 0]);
      await post('@Ana @Ana @channel');
      expect(await counts()).toEqual([2, 2, 1]);
      await post('@aquí', owner, [bea, 999, owner]);
      expect(await counts()).toEqual([2, 2, 2]);
      await post('`@Bea` bea@example.org @Nobody @Anabel');
      expect(await counts()).toEqual([2, 2, 2]);
      await post('me: @Bea', bea);
      expect(await counts()).toEqual([2, 2, 0]);
      const gone = await post('@Ana @Bea @canal');
      expect(await counts()).toEqual([3, 3, 1]);
      await two.write({ kind: 'delete-message', member: owner, message: gone.seq });
      expect(await counts()).toEqual([2, 2, 0]);
      expect((await parsed(one)).at(-1)).toMatchObject({
        kind: 'message-deleted',
        called: { number: gone.number, author: owner, members: [0, ana, bea] },
      });
      const [first, second, third] = (await one.page(owner, { channel, limit: 10 })).messages;
      expect(first?.mentions).toEqual({
        people: [
          { member: anaMaria, text: 'ana maria' },
          { member: ana, text: 'ANA' },
        ],
      });
      expect(second?.mentions).toEqual({ people: [{ member: ana, text: 'Ana' }], channel: true });
      expect(third?.mentions).toEqual({ people: [], here: [bea, owner].sort((a, b) => a - b) });
      await two.write({ kind: 'mark-read', member: ana, channel, readNumber: 2 });
      expect(await counts()).toEqual([0, 2, 0]);
      const mentionsOf = async (member: number) =>
        (await two.mentions(member, { limit: 10 })).messages.map(({ number }) => number);
      expect(await mentionsOf(ana)).toEqual([2, 1]);
      expect(await mentionsOf(bea)).toEqual([3, 2]);
      expect(await two.mentions(ana, { limit: 1 })).toMatchObject({ messages: [{ number: 2 }], older: true });
      await one.write({ kind: 'delete-message', member: owner, message: second?.id ?? 0 });
      await one.write({ kind: 'edit-message', member: owner, message: first?.id ?? 0, text: 'hello @Bea' });
      expect(await mentionsOf(bea)).toEqual([3]);
      const [edited] = (await one.page(owner, { channel, limit: 10 })).messages;
      expect(edited?.mentions).toEqual({ people: [{ member: bea, text: 'Bea' }] });
      const reply = { kind: 'post-reply', author: owner, channel, thread: third?.id ?? 0, toChannel: false } as const;
      const before = await counts();
      await two.write({ ...reply, clientId: mintClientId(), text: 'in the thread: @Bea' });
      expect(await counts()).toEqual(before);
      expect(await mentionsOf(bea)).toEqual([0, 3]);
      expect((await one.threads(bea)).threads).toMatchObject([{ readNumber: 0, lastNumber: 1 }]);
      await one.write({ kind: 'leave-channel', member: ana, channel });
      expect(await mentionsOf(ana)).toEqual([]);
    });

    test('[M.2] a mention ends with its message, also of who has left meanwhile, or with the edit that takes it out', async () => {
      const { one, two, owner, channel, members } = await openWithGuests(['Ana', 'Bea']);
      const [ana = 0, bea = 0] = members;
      const counts = async () =>
        Promise.all(members.map(async (member) => (await channelOf(two, member, channel))?.mentions ?? 0));
      const changed = async (kind: 'message-deleted' | 'message-edited') =>
        (await parsed(one)).flatMap((event) => (event.kind === kind ? [event] : [])).at(-1);
      const post = (text: string) =>
        one.write({ kind: 'post-message', author: owner, channel, clientId: mintClientId(), text, online: [bea] });
      const gone = [await post('@Ana'), await post('@Ana and @here'), await post('nobody'), await post('@channel')];
      const [first, second, third, fourth] = gone.map(({ seq }) => seq);
      const edit = (message = 0, text = '') => one.write({ kind: 'edit-message', member: owner, message, text });
      await edit(third, 'and now @Ana');
      expect(await changed('message-edited')).not.toHaveProperty('called');
      await edit(fourth, 'to @channel again');
      expect(await changed('message-edited')).not.toHaveProperty('called');
      expect(await counts()).toEqual([3, 2]);
      const taken = await post('@Ana, @Bea');
      await edit(taken.seq, '@Bea alone');
      const { number } = taken;
      expect(await changed('message-edited')).toMatchObject({ called: { number, author: owner, members: [ana] } });
      await edit(taken.seq, '@Ana, @Bea');
      expect(await counts(), 'an edit calls nobody again').toEqual([3, 3]);
      await one.write({ kind: 'leave-channel', member: ana, channel });
      for (const [message, called] of [
        [first, [ana]],
        [second, [ana, bea]],
        [third, undefined],
        [fourth, [0]],
        [taken.seq, [bea]],
      ] as const) {
        await two.write({ kind: 'delete-message', member: owner, message: message ?? 0 });
        expect((await changed('message-deleted'))?.called?.members).toEqual(called);
      }
    });

    test('[M.2] [M.3] a mention in a thread alone is counted with the thread until it is read, deleted or edited away, or one leaves', async () => {
      const { one, two, owner, channel, members } = await openWithGuests(['Ana', 'Bea']);
      const [ana = 0, bea = 0] = members;
      const root = (await one.write({
        ...{ kind: 'post-message', author: owner, channel, clientId: mintClientId(), text: 'root' },
      })) as Sent;
      const reply = async (text: string, author = owner, toChannel = false) =>
        (
          await one.write({
            ...{ kind: 'post-reply', author, channel, thread: root.seq, toChannel, clientId: mintClientId(), text },
          })
        ).seq;
      const counted = async () =>
        Promise.all([ana, bea, owner].map(async (member) => (await two.threads(member)).threads[0]?.mentions));
      const last = async (kind: LogEvent['kind']) => (await parsed(one)).findLast((event) => event.kind === kind);

      const first = await reply('@Ana @Ana');
      expect(await last('thread-followed')).toMatchObject({ thread: { lastNumber: 1, readNumber: 0, mentions: 1 } });
      await reply('@channel, and @Bea');
      expect(await counted()).toEqual([2, 1, 0]);
      await reply('sent to the channel too: @Ana', owner, true);
      expect(await counted()).toEqual([2, 1, 0]);
      expect((await channelOf(two, ana, channel))?.mentions).toBe(1);
      const taken = await reply('@Ana @Bea');
      expect(await counted()).toEqual([3, 2, 0]);
      await one.write({ kind: 'edit-message', member: owner, message: taken, text: 'only @Bea' });
      const place = { number: 0, author: owner, thread: root.seq, threadNumber: 4 };
      expect(await last('message-edited')).toMatchObject({ called: { ...place, members: [ana] } });
      expect(await counted()).toEqual([2, 2, 0]);
      await two.write({ kind: 'delete-message', member: owner, message: taken });
      expect(await last('message-deleted')).toMatchObject({ called: { ...place, members: [bea] } });
      expect(await counted()).toEqual([2, 1, 0]);

      await two.write({ kind: 'read-thread', member: ana, thread: root.seq, readNumber: 1 });
      expect(await last('thread-read')).toMatchObject({ readNumber: 1, mentions: 1 });
      await one.write({ kind: 'delete-message', member: owner, message: first });
      expect(await counted()).toEqual([1, 1, 0]);
      await reply('and I have read it', bea);
      expect(await counted()).toEqual([1, 0, 0]);

      // Who has stopped following a thread is led back by being named there.
      await one.write({ kind: 'follow-thread', member: bea, thread: root.seq, on: false });
      await reply('@Ana');
      expect(await counted()).toEqual([2, undefined, 0]);
      await reply('@Bea');
      expect(await counted()).toEqual([2, 1, 0]);
      expect((await two.threads(bea)).threads).toMatchObject([{ readNumber: 6, lastNumber: 7 }]);
      await one.write({ kind: 'leave-channel', member: ana, channel });
      await one.write({ kind: 'join-channel', member: ana, channel });
      expect(await counted()).toEqual([undefined, 1, 0]);
    });

    test('[M.7] all that was known of is read at once, in the threads that one follows too', async () => {
      const { one, two, owner, channel, members } = await openWithGuests(['Ana', 'Bea']);
      const [ana = 0, bea = 0] = members;
      const posting = { author: owner, channel, text: '@Ana' };
      const post = async () =>
        ((await one.write({ kind: 'post-message', ...posting, clientId: mintClientId() })) as Sent).seq;
      const reply = (thread: number) =>
        one.write({ kind: 'post-reply', ...posting, thread, toChannel: false, clientId: mintClientId() });
      const [first, second] = [await post(), await post()];
      for (const thread of [first, first, second, first]) await reply(thread);
      const threads = [
        { thread: first, readNumber: 1 },
        { thread: first, readNumber: 2 },
        { thread: second, readNumber: 99 },
        { thread: 999_999, readNumber: 1 },
      ];
      await two.write({ kind: 'mark-all-read', member: ana, reads: [{ channel, readNumber: 2 }], threads });
      expect((await one.threads(ana)).threads).toMatchObject([
        { root: first, readNumber: 2, lastNumber: 3, mentions: 1 },
        { root: second, readNumber: 1, lastNumber: 1, mentions: 0 },
      ]);
      const { head } = await one.range();
      for (const member of [ana, bea]) await two.write({ kind: 'mark-all-read', member, reads: [], threads });
      expect(await one.readAfter(head, 10)).toEqual([]);
      expect((await one.threads(bea)).threads).toEqual([]);
    });

    test('[M.1] who can’t read the channel isn’t mentioned in it', async () => {
      const { one, owner, members } = await openWithGuests(['Ana']);
      const clientId = mintClientId();
      const secret = { kind: 'create-channel', author: owner, clientId, name: 's', topic: '', private: true } as const;
      const { id: channel } = await one.write(secret);
      const [ana = 0] = members;
      const posting = { kind: 'post-message', author: owner, channel, text: '@Ana @here' } as const;
      await one.write({ ...posting, clientId: mintClientId(), online: [ana] });
      expect((await one.page(owner, { channel, limit: 1 })).messages[0]?.mentions).toEqual({ people: [], here: [] });
      expect((await one.mentions(ana, { limit: 10 })).messages).toEqual([]);
    });

    test('[M.3] [M.6] what was put back as unread stays so against a late mark of another device', async () => {
      const { one, two, owner, channel, members } = await openWithGuests(['Ana']);
      const [ana = 0] = members;
      for (const text of ['a', '@Ana', 'c'])
        await one.write({ kind: 'post-message', author: owner, channel, clientId: mintClientId(), text });
      const read = (readNumber: number, generation?: number) =>
        two.write({ kind: 'mark-read', member: ana, channel, readNumber, generation });
      const state = async () => {
        const { readNumber, readGeneration, mentions } = (await channelOf(one, ana, channel)) ?? {};
        return { readNumber, readGeneration, mentions };
      };
      await read(3, 0);
      const unread = { kind: 'mark-unread', member: ana, channel, number: 2 } as const;
      await one.write(unread);
      await quietly(one, () => two.write(unread));
      expect(await state()).toEqual({ readNumber: 1, readGeneration: 1, mentions: 1 });
      await quietly(one, () => read(3, 0));
      expect(await state()).toEqual({ readNumber: 1, readGeneration: 1, mentions: 1 });
      await read(3, 1);
      expect(await state()).toEqual({ readNumber: 3, readGeneration: 1, mentions: 0 });
      await one.write({ ...unread, number: 1 });
      await two.write({ kind: 'mark-all-read', member: ana, reads: [{ channel, readNumber: 2 }] });
      expect(await state()).toEqual({ readNumber: 2, readGeneration: 2, mentions: 0 });
      await quietly(one, () =>
        two.write({ kind: 'mark-all-read', member: ana, reads: [1, 2].map((readNumber) => ({ channel, readNumber })) }),
      );
      const { head } = await one.range();
      const reads = [1, 3, 2].map((readNumber) => ({ channel, readNumber }));
      await two.write({ kind: 'mark-all-read', member: ana, reads: [...reads, { channel: 999, readNumber: 1 }] });
      expect((await one.readAfter(head, 10)).map(({ kind }) => kind)).toEqual(['channel-read']);
      await expect(one.write({ ...unread, number: 99 })).rejects.toEqual(refused('message-not-found'));
    });

    test('pages go back through all of a channel, each message once, oldest first within a page', async () => {
      const { one, owner, channel, post } = await openSetUp();
      for (let index = 0; index < 25; index += 1) await post(one, `m${index}`);
      const texts: string[] = [];
      let before: number | undefined;
      let older = true;
      while (older) {
        const page = await one.page(owner, { channel, limit: 10, before });
        texts.unshift(...page.messages.map(({ text }) => text));
        expect(page.people).toEqual([{ id: owner, name: 'Ada', role: 'owner' }]);
        before = page.messages[0]?.id;
        older = page.older;
      }
      expect(texts).toEqual(Array.from({ length: 25 }, (_, index) => `m${index}`));
    });

    test('[UX10] pages go on from a message to both sides, and lie around a message, a number or a time', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const ids: number[] = [];
      for (let index = 0; index < 12; index += 1) ids.push((await post(index % 2 === 0 ? one : two, `m${index}`)).seq);
      const page = async (query: Omit<PageQuery, 'channel' | 'limit'>, limit = 4) => {
        const { messages, older, newer } = await one.page(owner, { channel, limit, ...query });
        return { texts: messages.map(({ text }) => text).join(' '), older, newer };
      };
      expect(await page({})).toEqual({ texts: 'm8 m9 m10 m11', older: true, newer: false });
      expect(await page({ before: ids[4] })).toEqual({ texts: 'm0 m1 m2 m3', older: false, newer: true });
      expect(await page({ after: ids[4] })).toEqual({ texts: 'm5 m6 m7 m8', older: true, newer: true });
      expect(await page({ after: ids[7] })).toEqual({ texts: 'm8 m9 m10 m11', older: true, newer: false });
      expect(await page({ after: ids[11] })).toEqual({ texts: '', older: true, newer: false });
      expect(await page({ around: ids[5] })).toEqual({ texts: 'm3 m4 m5 m6', older: true, newer: true });
      expect(await page({ around: ids[0] })).toEqual({ texts: 'm0 m1', older: false, newer: true });
      expect(await page({ aroundNumber: 6 })).toEqual(await page({ around: ids[5] }));
      expect(await page({ aroundNumber: 99 })).toEqual({ texts: 'm10 m11', older: true, newer: false });
      const { messages } = await one.page(owner, { channel, limit: 12 });
      const firstAt = (at: number) => messages.findIndex((message) => message.at >= at);
      for (const { at } of messages)
        expect((await page({ aroundTime: at }, 24)).texts.split(' ')).toContain(`m${firstAt(at)}`);
      expect(await page({ aroundTime: 0 })).toEqual({ texts: 'm0 m1', older: false, newer: true });
      await expect(page({ around: (ids[5] ?? 0) + 1_000 })).rejects.toEqual(refused('message-not-found'));
    });

    test('[G6.7] who is not a member is told that there is no such channel', async () => {
      const { one, owner } = await openSetUp();
      const creation = { kind: 'create-channel', author: owner, name: 'secret', topic: '', private: true } as const;
      const { id: channel } = await one.write({ ...creation, clientId: mintClientId() });
      const stranger = 999;
      await expect(one.page(stranger, { channel, limit: 10 })).rejects.toBeInstanceOf(Refusal);
      const posting = { kind: 'post-message', author: stranger, channel, clientId: mintClientId(), text: 'x' } as const;
      await expect(one.write(posting)).rejects.toEqual(refused('channel-not-found'));
      await expect(one.write({ kind: 'join-channel', member: stranger, channel })).rejects.toEqual(
        refused('channel-not-found'),
      );
      expect((await one.streams(stranger)).heads).not.toHaveProperty(`channel:${channel}`);
    });

    test('[G6.2] who is not a member writes nothing, also in one batch with somebody who is', async () => {
      const { one, owner } = await openSetUp();
      const creation = { kind: 'create-channel', author: owner, name: 'secret', topic: '', private: true } as const;
      const { id: channel } = await one.write({ ...creation, clientId: mintClientId() });
      const invite = { kind: 'create-invite', author: owner, code: 'code', guests: true, maximumUses: 1 } as const;
      await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
      const joining = { kind: 'join-workspace', code: 'code', name: 'Bea', passwordHash: null } as const;
      const { member: stranger } = await one.write({ ...joining, session: session('bea') });
      const results = await Promise.allSettled(
        [owner, stranger, owner].map((author) =>
          one.write({ kind: 'post-message', author, channel, clientId: mintClientId(), text: `by ${author}` }),
        ),
      );
      expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      const { messages } = await one.page(owner, { channel, limit: 10 });
      expect(messages.map(({ author }) => author)).toEqual([owner, owner]);
    });

    test('people are found by any word of their name, accents ignored, a page at a time', async () => {
      const { one, two, owner, channel } = await openSetUp();
      const creation = { kind: 'create-channel', author: owner, name: 'secret', topic: '', private: true } as const;
      const { id: secret } = await one.write({ ...creation, clientId: mintClientId() });
      const invite = { kind: 'create-invite', author: owner, code: 'code', guests: true, maximumUses: 9 } as const;
      await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
      const names = ['José Núñez', 'Nuria', 'Ana_1', 'ANA 2', 'Élodie Nuñez'];
      for (const name of names)
        await two.write({ kind: 'join-workspace', code: 'code', name, passwordHash: null, session: session(name) });
      const found = async (query: string, more = {}) => {
        const { people, ...rest } = await two.people(owner, { query, limit: 20, ...more });
        return { names: people.map(({ name }) => name), ...rest };
      };
      expect((await found('nu')).names).toEqual(['Élodie Nuñez', 'José Núñez', 'Nuria']);
      expect((await found('NUÑ', { channel })).names).toEqual(['Élodie Nuñez', 'José Núñez']);
      expect((await found('a_')).names).toEqual([]);
      expect((await found('ana_')).names).toEqual(['Ana_1']);
      expect((await found('', { channel: secret })).names).toEqual(['Ada']);
      const all: string[] = [];
      let after: string | undefined;
      do {
        const page = await found('', { limit: 2, after });
        expect(page.total).toBe(6);
        all.push(...page.names);
        after = page.next;
      } while (after !== undefined);
      expect(all).toEqual(['Ada', 'ANA 2', 'Ana_1', 'Élodie Nuñez', 'José Núñez', 'Nuria']);
      const { id: stranger } = (await two.people(owner, { query: 'nuria', limit: 1 })).people[0] ?? { id: 0 };
      await expect(one.people(stranger, { query: '', channel: secret, limit: 1 })).rejects.toEqual(
        refused('channel-not-found'),
      );
    });

    describe('channels and their people', () => {
      async function openWithPeople() {
        const opened = await openSetUp();
        const { one, two, owner } = opened;
        const invite = { kind: 'create-invite', author: owner, code: 'code', guests: true, maximumUses: 9 } as const;
        await one.write({ ...invite, clientId: mintClientId(), expiresAt: Date.now() + 60_000 });
        const joins = async (name: string, passwordHash: string | null = 'hash') =>
          (await two.write({ kind: 'join-workspace', code: 'code', name, passwordHash, session: session(name) }))
            .member;
        const [bea, carlos, gil] = [await joins('Bea'), await joins('Carlos'), await joins('Gil', null)];
        const creates = async (author: number, name: string, isPrivate: boolean) => {
          const creation = { kind: 'create-channel', author, name, topic: '', private: isPrivate } as const;
          return (await two.write({ ...creation, clientId: mintClientId() })).id;
        };
        const channelOf = async (member: number, id: number) =>
          (await one.workspace(member)).channels.find((channel) => channel.id === id);
        const quietly = async (write: () => Promise<unknown>) => {
          const { head } = await one.range();
          await write();
          expect((await one.range()).head).toBe(head);
        };
        return { ...opened, bea, carlos, gil, creates, channelOf, quietly };
      }

      test('[G6.6] the same people have one direct conversation, also where both open it at once on two replicas', async () => {
        const { one, two, owner, bea, carlos, channelOf } = await openWithPeople();
        const opened = await Promise.all([
          one.write({ kind: 'open-direct', author: owner, people: [bea] }),
          two.write({ kind: 'open-direct', author: bea, people: [owner, bea] }),
          one.write({ kind: 'open-direct', author: bea, people: [owner] }),
          two.write({ kind: 'open-direct', author: owner, people: [bea, bea] }),
        ]);
        expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
        const id = opened[0].id;
        expect(await channelOf(bea, id)).toMatchObject({ name: 'Ada', direct: true, private: true });
        expect(await channelOf(carlos, id)).toBeUndefined();
        const group = await one.write({ kind: 'open-direct', author: owner, people: [carlos, bea] });
        expect(await two.write({ kind: 'open-direct', author: carlos, people: [owner, bea] })).toEqual(group);
        expect(group.id).not.toBe(id);
        expect(await channelOf(carlos, group.id)).toMatchObject({ name: 'Ada, Bea' });
        expect((await one.directory(owner)).channels.map(({ name }) => name)).toEqual(['general']);
        for (const people of [[owner], [999], Array.from({ length: 9 }, (_, index) => index + 10)])
          await expect(one.write({ kind: 'open-direct', author: owner, people })).rejects.toBeInstanceOf(Refusal);
        await expect(one.write({ kind: 'leave-channel', member: owner, channel: id })).rejects.toEqual(
          refused('not-allowed'),
        );
        await expect(one.write({ kind: 'add-people', author: owner, channel: id, people: [carlos] })).rejects.toEqual(
          refused('not-allowed'),
        );
      });

      test('[G6.6] a closed direct conversation is back with its next message; the other one sees it with the first', async () => {
        const { one, two, owner, bea, channelOf } = await openWithPeople();
        const { id } = await one.write({ kind: 'open-direct', author: owner, people: [bea] });
        const closedAt = async (member: number) => {
          const channel = await channelOf(member, id);
          return channel?.lastNumber === channel?.membership.closedNumber;
        };
        expect([await closedAt(owner), await closedAt(bea)]).toEqual([false, true]);
        const posting = { kind: 'post-message', author: owner, channel: id, text: 'x' } as const;
        await two.write({ ...posting, clientId: mintClientId() });
        expect(await closedAt(bea)).toBe(false);
        await one.write({ kind: 'set-membership', member: bea, channel: id, closed: true });
        expect(await closedAt(bea)).toBe(true);
        await two.write({ ...posting, clientId: mintClientId() });
        expect(await closedAt(bea)).toBe(false);
      });

      test('[G6.3] who is added sees what comes from then on; who is removed nothing, and both are told in their own stream', async () => {
        const { one, two, owner, bea, carlos, gil, creates, quietly } = await openWithPeople();
        const channel = await creates(owner, 'secret', true);
        expect(channel).toBeGreaterThan(2 ** 40);
        await expect(one.write({ kind: 'add-people', author: bea, channel, people: [bea] })).rejects.toEqual(
          refused('channel-not-found'),
        );
        const adding = { kind: 'add-people' as const, author: owner, channel, people: [bea, gil, bea] };
        await one.write(adding);
        await quietly(() => two.write(adding));
        expect((await two.streams(bea)).since.get(`channel:${channel}`)).toBeGreaterThan(0);
        await expect(one.write({ ...adding, author: gil, people: [carlos] })).rejects.toEqual(refused('not-allowed'));
        await expect(one.write({ ...adding, people: [999] })).rejects.toEqual(refused('member-not-found'));
        const removal = { kind: 'remove-person', channel, person: bea } as const;
        await expect(two.write({ ...removal, author: gil })).rejects.toEqual(refused('not-allowed'));
        await one.write({ ...removal, author: owner });
        await quietly(() => two.write({ ...removal, author: owner }));
        expect((await parsed(two)).slice(-2)).toMatchObject([
          { kind: 'channel-member-left', stream: `channel:${channel}`, member: bea },
          { kind: 'channel-left', stream: `member:${bea}`, channel },
        ]);
        await expect(two.page(bea, { channel, limit: 1 })).rejects.toEqual(refused('channel-not-found'));
        const posting = { kind: 'post-message', author: bea, channel, clientId: mintClientId(), text: 'x' } as const;
        await expect(one.write(posting)).rejects.toEqual(refused('channel-not-found'));
      });

      test('where the last owner leaves, whoever was there longest looks after the channel, but no guest', async () => {
        const { one, owner, bea, carlos, gil, creates, channelOf } = await openWithPeople();
        const channel = await creates(bea, 'plans', true);
        await one.write({ kind: 'add-people', author: bea, channel, people: [gil] });
        await one.write({ kind: 'add-people', author: bea, channel, people: [carlos] });
        await one.write({ kind: 'add-people', author: bea, channel, people: [owner] });
        await expect(one.write({ kind: 'set-owner', author: bea, channel, person: bea, owner: false })).rejects.toEqual(
          refused('not-allowed'),
        );
        await one.write({ kind: 'leave-channel', member: bea, channel });
        expect((await channelOf(carlos, channel))?.membership.owner).toBe(true);
        expect((await channelOf(owner, channel))?.membership.owner).toBe(false);
        await one.write({ kind: 'change-channel', author: carlos, channel, name: 'new plans' });
        await one.write({ kind: 'change-channel', author: owner, channel, name: 'newer plans' });
        expect(await channelOf(gil, channel)).toMatchObject({ name: 'newer plans' });
      });

      test('[G3.4] a channel is renamed, described and archived once, told to all who may see it; nothing is written in it then', async () => {
        const { one, two, owner, bea, gil, creates, quietly, channel: general } = await openWithPeople();
        const channel = await creates(bea, 'plans', false);
        const change = { kind: 'change-channel', channel } as const;
        await one.write({ kind: 'join-channel', member: owner, channel });
        await one.write({ kind: 'join-channel', member: gil, channel });
        await one.write({ ...change, author: owner, topic: 'Sunday' });
        await expect(one.write({ ...change, author: gil, topic: 'x' })).rejects.toEqual(refused('not-allowed'));
        await expect(one.write({ ...change, author: bea, name: 'General' })).rejects.toEqual(
          refused('channel-name-taken'),
        );
        const next = { ...change, author: bea, name: 'Plans', description: 'All of them', archived: true } as const;
        await two.write(next);
        await quietly(() => one.write({ ...change, author: bea, archived: true }));
        const events = await parsed(one);
        expect(events.at(-1)).toMatchObject({
          stream: 'workspace',
          kind: 'channel-changed',
          channel: { id: channel, name: 'Plans', topic: 'Sunday', description: 'All of them', archived: true },
        });
        const posting = { kind: 'post-message', author: bea, channel, text: 'x' } as const;
        await expect(one.write({ ...posting, clientId: mintClientId() })).rejects.toEqual(refused('channel-archived'));
        await expect(one.write({ ...change, author: bea, topic: 'x' })).rejects.toEqual(refused('channel-archived'));
        await one.write({ ...change, author: owner, archived: false });
        await one.write({ ...posting, clientId: mintClientId() });
        await expect(one.write({ ...change, author: owner, channel: general, archived: true })).rejects.toEqual(
          refused('default-channel'),
        );
      });

      test('[G6.9] who is removed is out of everything, can’t come back in, and their name is free; the rest is told that they were', async () => {
        const { one, two, owner, bea, carlos, creates, channelOf, quietly } = await openWithPeople();
        const channel = await creates(bea, 'plans', false);
        const { id: direct } = await two.write({ kind: 'open-direct', author: owner, people: [bea] });
        const posting = { kind: 'post-message', author: bea, channel, text: 'x' } as const;
        await one.write({ ...posting, clientId: mintClientId() });
        const removal = { kind: 'remove-member', member: bea, purge: false } as const;
        await expect(one.write({ ...removal, author: carlos })).rejects.toEqual(refused('not-allowed'));
        await one.write({ kind: 'set-role', author: owner, member: carlos, role: 'admin' });
        await quietly(() => two.write({ kind: 'set-role', author: owner, member: carlos, role: 'admin' }));
        for (const [author, member] of [
          [carlos, owner],
          [carlos, carlos],
          [owner, owner],
        ] as const)
          await expect(one.write({ ...removal, author, member })).rejects.toEqual(refused('not-allowed'));
        await one.write({ ...removal, author: carlos });
        await quietly(() => two.write({ ...removal, author: carlos }));
        const events = await parsed(two);
        expect(events.findLast(({ kind }) => kind === 'member-changed')).toMatchObject({
          stream: 'workspace',
          member: { id: bea, name: 'Bea', former: true },
        });
        expect(events.at(-1)).toMatchObject({ kind: 'session-ended', stream: `member:${bea}` });
        expect(await two.session('Bea')).toBeUndefined();
        expect(await two.removed('Bea')).toBe(bea);
        expect(await two.removed('Carlos')).toBeUndefined();
        await expect(one.write({ ...posting, clientId: mintClientId() })).rejects.toBeInstanceOf(Refusal);
        await expect(one.write({ kind: 'open-session', member: bea, session: session('again') })).rejects.toEqual(
          refused('not-signed-in'),
        );
        expect(Object.keys((await one.streams(bea)).heads).filter((name) => name.startsWith('channel:'))).toEqual([]);
        expect((await two.people(owner, { query: 'Bea', limit: 9 })).total).toBe(0);
        expect((await channelOf(owner, direct))?.people).toEqual([
          { id: bea, name: 'Bea', role: 'member', former: true },
        ]);
        expect(await two.credentials('Bea')).toBeUndefined();
        const joining = { kind: 'join-workspace', name: 'Bea', passwordHash: 'hash' } as const;
        const coming = { ...joining, session: session('new Bea') };
        await expect(one.write({ ...coming, code: 'code' })).rejects.toEqual(refused('invite-revoked'));
        const invite = { kind: 'create-invite', author: owner, clientId: mintClientId(), code: 'another' } as const;
        await two.write({ ...invite, guests: false, maximumUses: 1, expiresAt: Date.now() + 60_000 });
        expect(await one.write({ ...coming, code: 'another' })).not.toMatchObject({ member: bea });
      });

      test('[G6.9] all that somebody wrote is deleted in batches, also where nobody else can read, and the log forgets it', async () => {
        const { one, two, owner, bea, carlos, channel, creates } = await openWithPeople();
        const secret = await creates(bea, 'secret', true);
        for (let index = 0; index < 7; index += 1)
          for (const to of [channel, secret])
            await one.write({ kind: 'post-message', author: bea, channel: to, clientId: mintClientId(), text: 'spam' });
        const kept = { kind: 'post-message', author: carlos, channel, clientId: mintClientId(), text: 'kept' } as const;
        await one.write(kept);
        expect(await one.purgeDue()).toBe(false);
        await one.write({ kind: 'remove-member', author: owner, member: bea, purge: true });
        expect(await two.purgeDue()).toBe(true);
        for (
          let index = 0;
          (await [one, two][index % 2]?.write({ kind: 'purge-messages', limit: 3 }))?.more;
          index += 1
        );
        expect(await two.purgeDue()).toBe(false);
        const log = await everything(two);
        expect(log.filter(({ payload }) => payload.includes('spam'))).toEqual([]);
        expect(log.filter(({ kind }) => kind === 'message-deleted')).toHaveLength(14);
        const { messages } = await two.page(owner, { channel, limit: 50 });
        expect(messages.filter(({ text }) => text !== '').map(({ text }) => text)).toEqual(['kept']);
      });

      test('[G3.4] what a channel is to its member, and the order of their sidebar, are set once and read on every replica', async () => {
        const { one, two, owner, channel, channelOf, quietly } = await openWithPeople();
        const section = mintClientId();
        const setting = { kind: 'set-membership', member: owner, channel } as const;
        await one.write({ ...setting, muted: true, level: 'mentions' });
        await two.write({ ...setting, favourite: true, section });
        await quietly(() => one.write({ ...setting, muted: true, section }));
        expect((await channelOf(owner, channel))?.membership).toEqual({
          owner: true,
          level: 'mentions',
          muted: true,
          favourite: true,
          section,
          closedNumber: null,
        });
        const sidebar = { sections: [{ id: section, name: 'School' }], collapsed: ['direct'], unreadFirst: true };
        await two.write({ kind: 'set-sidebar', member: owner, sidebar });
        await quietly(() => one.write({ kind: 'set-sidebar', member: owner, sidebar }));
        expect((await one.workspace(owner)).sidebar).toEqual(sidebar);
        await expect(one.write({ ...setting, closed: true })).rejects.toEqual(refused('not-allowed'));
      });
    });

    test('[G6.4] a session ends on every replica, and one that has expired is none', async () => {
      const { one, two, owner } = await openSetUp();
      expect(await two.session('ada')).toMatchObject({ member: { id: owner } });
      await two.write({ kind: 'end-session', secretHash: 'ada' });
      expect(await one.session('ada')).toBeUndefined();
      await one.write({ kind: 'open-session', member: owner, session: session('old', Date.now() - 1) });
      expect(await two.session('old')).toBeUndefined();
    });

    test('[G6] a renewed session is the same one; once it is confirmed, its secret before is good for a moment', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const { one, two } = await openSetUp();
      const minute = 60_000;
      const inAMonth = Date.now() + 30 * 1_440 * minute;
      const before = await one.session('ada');
      const renew = (secretHash: string, next: string) =>
        two.write({ kind: 'renew-session', secretHash, session: session(next, inAMonth) });
      expect(await renew('ada', 'ada 2')).toEqual({ renewed: true });
      expect(await one.session('ada')).toMatchObject({ id: before?.id, renewedAt: undefined, unconfirmed: false });
      expect(await renew('ada', 'ada 3')).toEqual({ renewed: false });
      const renewed = { id: before?.id, renewedAt: expect.any(Number) };
      expect(await one.session('ada 2')).toMatchObject({ ...renewed, unconfirmed: true });
      await two.write({ kind: 'confirm-session', secretHash: 'ada 2' });
      expect(await one.session('ada 2')).toMatchObject({ ...renewed, unconfirmed: false });
      expect(await one.session('ada')).toMatchObject({ id: before?.id, renewedAt: undefined });
      vi.setSystemTime(Date.now() + minute + 1);
      await two.write({ kind: 'confirm-session', secretHash: 'ada 2' });
      expect(await one.session('ada')).toBeUndefined();
      expect(await renew('ada', 'ada 3')).toEqual({ renewed: false });
      await one.write({ kind: 'end-session', secretHash: 'ada 2' });
      expect(await two.session('ada 2')).toBeUndefined();
    });

    test('[G6] a session whose new secret got lost on its way goes on with the one before, and gets another', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const { one, two } = await openSetUp();
      const inAMonth = Date.now() + 30 * 86_400_000;
      const before = await one.session('ada');
      const renew = (secretHash: string, next: string) =>
        two.write({ kind: 'renew-session', secretHash, session: session(next, inAMonth) });
      await renew('ada', 'lost');
      vi.setSystemTime(Date.now() + 3_600_000);
      expect(await one.session('ada')).toMatchObject({ id: before?.id, renewedAt: 0 });
      expect(await renew('ada', 'ada 2')).toEqual({ renewed: true });
      expect(await one.session('lost')).toBeUndefined();
      expect(await one.session('ada 2')).toMatchObject({ id: before?.id, unconfirmed: true });
      expect(await one.session('ada')).toMatchObject({ id: before?.id, renewedAt: undefined });
    });

    test('[G10.6] attempts are counted together, and the window ends', async () => {
      const { one, two } = await openSetUp();
      const count = (store: Store, windowMs: number) =>
        store.write({ kind: 'count-attempt', attempts: [{ key: 'k', limit: 2 }], windowMs });
      expect(await count(one, 300)).toEqual({ waits: [] });
      expect(await count(two, 300)).toEqual({ waits: [] });
      expect(await count(one, 300)).toEqual({ waits: [{ key: 'k', retryAfterMs: expect.any(Number) }] });
      await new Promise((resolve) => setTimeout(resolve, 320));
      expect(await count(two, 300)).toEqual({ waits: [] });
    });

    test('[G4.6] the log is pruned from its beginning on, and tells from where on it can be served', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const { one, two, owner, channel, post } = await openSetUp();
      const old = await post(one, 'old');
      const before = (await everything(one)).length;
      const pruneTo = (at: number, limit: number) => two.write({ kind: 'prune-log', before: at, limit });
      expect(await pruneTo(Date.now() - 1_000, 100)).toEqual({ pruned: 0 });
      expect((await two.range()).from).toBe(0);
      vi.setSystemTime(Date.now() + 60_000);
      const recent = await post(two, 'recent');
      const cutoff = Date.now() - 30_000;
      expect(await pruneTo(cutoff, 2)).toEqual({ pruned: 2 });
      expect(await pruneTo(cutoff, 100)).toEqual({ pruned: before - 2 });
      expect(await pruneTo(cutoff, 100)).toEqual({ pruned: 0 });
      expect((await everything(one)).map(({ seq }) => seq)).toEqual([recent.seq]);
      expect(await one.range()).toMatchObject({ from: old.seq, head: recent.seq });
      // Nothing else has changed: pages, heads, the chain of predecessors, and the next seq.
      const { messages } = await one.page(owner, { channel, limit: 10 });
      expect(messages.map(({ text }) => text)).toEqual(['old', 'recent']);
      expect(await pruneTo(Date.now() + 1, 100)).toEqual({ pruned: 1 });
      expect(await one.range()).toMatchObject({ from: recent.seq, head: recent.seq });
      const next = await post(one, 'next');
      expect(next.seq).toBeGreaterThan(recent.seq);
      expect(await parsed(two)).toMatchObject([{ seq: next.seq, previous: recent.seq }]);
    });

    test('[G7.6] a lease has one holder, who renews it; it ends with its time, and with a clock that is set back', async () => {
      vi.useFakeTimers({ toFake: ['Date'] });
      onTestFinished(() => void vi.useRealTimers());
      const { one, two } = await openSetUp();
      const take = (store: Store, holder: string, job = 'sweep') =>
        store.write({ kind: 'take-lease', job, holder, forMs: 60_000 });
      const race = await Promise.all([take(one, 'one'), take(two, 'two')]);
      expect(race.filter(({ held }) => held)).toHaveLength(1);
      const [holder, other] = race[0]?.held ? (['one', 'two'] as const) : (['two', 'one'] as const);
      expect(await take(one, holder)).toEqual({ held: true });
      expect(await take(one, other)).toEqual({ held: false });
      expect(await take(one, other, 'dust')).toEqual({ held: true });
      vi.setSystemTime(Date.now() + 60_001);
      expect(await take(two, other)).toEqual({ held: true });
      vi.setSystemTime(Date.now() - 3_600_000);
      expect(await take(two, holder)).toEqual({ held: true });
    });

    test('[G9.1] what was asked for at once leaves nothing behind that keeps the store from closing', async () => {
      const [one] = await open();
      await Promise.all(Array.from({ length: 10 }, () => one.readAfter(0, 10)));
      await one.close();
    });

    test('version differs after another replica has written', async () => {
      const { one, two, post } = await openSetUp();
      const before = await two.version();
      await post(one, 'x');
      expect(await two.version()).not.toBe(before);
    });

    test('[N.6] what two replicas found in one stretch of the log is due once, and ends with the session that it is for', async () => {
      const { one, two, owner, channel, post } = await openSetUp();
      const { id } = (await one.session('ada')) ?? { id: 0 };
      const subscription = { endpoint: 'https://push.example/a', p256dh: 'p', auth: 'a', language: 'en' } as const;
      await one.write({ kind: 'add-push-device', session: id, member: owner, subscription });
      const { seq } = await two.noticeWork('chat-2', Date.now());
      expect(seq).toBe((await one.range()).head);
      const sent = await post(one, 'hello');
      const now = Date.now();
      const [listener] = await two.noticeListeners({ channels: [channel], threads: [] }, now);
      const due = [{ device: listener?.device ?? 0, channel, thread: 0, messages: [sent.seq], count: 1 }];
      const found = { kind: 'add-due-notices', from: seq, to: sent.seq, dueAt: now, due } as const;
      const moved = await Promise.all([one.write(found), two.write(found)]);
      expect(moved.filter((outcome) => outcome.moved)).toHaveLength(1);
      const [notice, ...more] = await one.dueNotices(now, 10);
      expect(more).toEqual([]);
      expect(notice).toMatchObject({
        count: 1,
        message: sent.seq,
        messages: [{ text: 'hello' }],
        placeName: 'general',
      });
      expect(await two.noticeWork('chat-2', now)).toMatchObject({ seq: sent.seq, devices: true, dueAt: now });
      await one.write({ kind: 'end-session', secretHash: 'ada' });
      expect(await two.dueNotices(now, 10)).toEqual([]);
      expect(await two.noticeWork('chat-2', now)).toMatchObject({ devices: false, dueAt: undefined });
    });
  });
}
