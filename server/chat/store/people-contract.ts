import { describe, expect, test } from 'vitest';
import { draftsLimit } from '../../../shared/limits.ts';
import type { LogEvent } from '../../../shared/protocol.ts';
import type { Store } from './store.ts';

/** What every engine does for people's profiles, devices and drafts; `open` as in the store's contract. */
export function describePeople(name: string, open: () => Promise<[Store, Store]>): void {
  describe(`people contract: ${name}`, () => {
    const session = (secretHash: string, expiresAt = Date.now() + 60_000) => ({ secretHash, expiresAt });
    const refused = (reason: string) => expect.objectContaining({ reason });

    async function openPeople() {
      const [one, two] = await open();
      const token = (await one.setUpToken()) ?? '';
      const setUp = { kind: 'set-up', token, workspace: 'Aula', name: 'Ada', passwordHash: 'first' } as const;
      const { member: ada } = await one.write({ ...setUp, session: session('ada') });
      const invite = { kind: 'create-invite', author: ada, clientId: 'i'.repeat(22), code: 'people' } as const;
      await one.write({ ...invite, guests: true, maximumUses: 99, expiresAt: Date.now() + 60_000 });
      const joining = { kind: 'join-workspace', code: 'people', name: 'Bea', passwordHash: null } as const;
      const { member: bea } = await one.write({ ...joining, session: session('bea') });
      const { channels, cursor } = await one.workspace(ada);
      const since = async () =>
        (await two.readAfter(cursor, 1_000)).map(({ payload }) => JSON.parse(payload) as LogEvent);
      return { one, two, ada, bea, channel: channels[0]?.id ?? 0, since };
    }

    test('[I.1] a guest takes another name by the rules of joining; the one before is free, and everyone is told', async () => {
      const { one, two, ada, bea, since } = await openPeople();
      const change = (member: number, to: string) =>
        one.write({ kind: 'change-profile', member, name: to, pronouns: 'ella' });
      for (const taken of ['Ada', 'ÁDA', 'A\u200dda', 'ａｄａ'])
        await expect(change(bea, taken), taken).rejects.toEqual(refused('name-taken'));
      await expect(change(bea, '\u0301\u2800')).rejects.toEqual(refused('name-invalid'));
      await change(bea, 'Beatriz');
      await change(bea, 'Beatriz');
      await change(bea, 'BEATRIZ'); // one's own is free for oneself
      await change(ada, 'Bea');
      expect((await since()).map((event) => event.kind === 'member-changed' && event.member.name)).toEqual([
        'Beatriz',
        'BEATRIZ',
        'Bea',
      ]);
      expect(await two.profile(ada, bea)).toMatchObject({ person: { name: 'BEATRIZ' }, pronouns: 'ella', about: '' });
      expect((await two.credentials('bea'))?.member).toBe(ada);
    });

    test('[I.1] what somebody says of themselves is told to who asks, and the log has none of it', async () => {
      const { one, two, ada, bea, since } = await openPeople();
      const said = { pronouns: 'she', title: 'On call', about: 'Ask me\nanything', timeZone: 'Europe/Madrid' };
      await one.write({ kind: 'change-profile', member: ada, ...said });
      expect(await two.profile(bea, ada)).toEqual({
        ...{ person: { id: ada, name: 'Ada', role: 'owner' }, ...said },
        ...{ status: null, lastSeen: null },
      });
      expect(JSON.stringify(await since())).not.toMatch(/On call|anything|Madrid/);
      await expect(two.profile(bea, 99)).rejects.toEqual(refused('member-not-found'));
      for (let index = 0; index < 59; index += 1)
        await one.write({ kind: 'change-profile', member: ada, title: `${index}` });
      await expect(one.write({ kind: 'change-profile', member: ada, title: 'again' })).rejects.toEqual(
        refused('too-many-attempts'),
      );
      expect((await two.profile(bea, ada)).title).toBe('58');
    });

    test('[I.2] a picture is there while somebody has it, under the hash of what it is', async () => {
      const { one, two, ada, bea } = await openPeople();
      const bytes = Buffer.from('a picture');
      const set = (member: number, avatar: { id: string; bytes: Buffer } | null) =>
        one.write({ kind: 'set-avatar', member, avatar });
      for (const member of [ada, bea, ada]) await set(member, { id: 'same', bytes });
      expect((await two.avatar('same'))?.toString()).toBe('a picture');
      expect((await two.workspace(ada)).me.avatar).toBe('same');
      await set(ada, null);
      expect(await two.avatar('same')).toBeDefined();
      await set(bea, { id: 'other', bytes });
      expect(await two.avatar('same')).toBeUndefined();
      expect((await two.people(ada, { query: 'bea', limit: 5 })).people[0]?.avatar).toBe('other');
      await one.write({ kind: 'remove-member', author: ada, member: bea, purge: false });
      expect(await two.avatar('other')).toBeUndefined();
      expect((await two.profile(ada, bea)).person).toEqual({ id: bea, name: 'Bea', role: 'guest', former: true });
    });

    test('[P.5] a status is everyone’s until it is over, and setting it again tells nobody', async () => {
      const { one, two, ada, bea, since } = await openPeople();
      const set = (member: number, status: { emoji: string; text: string; until?: number } | null) =>
        one.write({ kind: 'set-status', member, status });
      const soon = { emoji: '🍜', text: 'Lunch', until: Date.now() + 60_000 };
      for (let times = 0; times < 2; times += 1) await set(ada, soon);
      await set(bea, { emoji: '🌴', text: 'Away', until: Date.now() - 1 });
      expect((await two.statuses()).statuses).toEqual([{ member: ada, status: soon }]);
      expect((await two.profile(ada, bea)).status).toBeNull();
      await set(ada, null);
      expect((await two.statuses()).statuses).toEqual([]);
      expect((await since()).map(({ kind }) => kind)).toEqual(['status-set', 'status-set', 'status-set']);
    });

    test('[P.4] when somebody was last seen is kept to the minute, and not of who hides it', async () => {
      const { one, two, ada, bea, since } = await openPeople();
      const seen = async () => (await two.profile(ada, bea)).lastSeen;
      await one.write({ kind: 'note-seen', members: [bea, 99] });
      expect(((await seen()) ?? 1) % 60_000).toBe(0);
      await one.write({ kind: 'change-profile', member: bea, lastSeenHidden: true });
      await one.write({ kind: 'note-seen', members: [bea] });
      expect(await seen()).toBeNull();
      await one.write({ kind: 'change-profile', member: bea, lastSeenHidden: false });
      expect(await seen()).toBeNull(); // what was before isn't told afterwards
      expect((await since()).map(({ kind }) => kind)).toEqual(['member-changed', 'member-changed']);
    });

    test('[I.3] of one’s sessions one is ended, or all others; those devices learn why, and nobody else’s end', async () => {
      const { one, two, ada, bea, since } = await openPeople();
      for (const secret of ['phone', 'desk', 'lost'])
        await one.write({ kind: 'open-session', member: ada, session: session(secret) });
      const mine = await one.session('desk');
      const phone = await one.session('phone');
      if (mine === undefined || phone === undefined) throw new Error('no session');
      const device = { browser: 'Firefox', system: 'Linux', network: '203.0.…' };
      await one.write({ kind: 'note-sessions', sessions: [{ id: mine.id, ...device }, { id: phone.id }] });
      const listed = await two.sessions(mine);
      expect(listed).toHaveLength(4);
      expect(listed.filter(({ current }) => current)).toMatchObject([{ id: mine.id, ...device }]);
      await one.write({ kind: 'end-sessions', member: bea, session: phone.id });
      expect(await two.session('phone')).toBeDefined();
      await one.write({ kind: 'end-sessions', member: ada, session: phone.id });
      await one.write({ kind: 'end-sessions', member: ada, session: phone.id });
      expect([await two.session('phone'), await two.ended('phone')]).toEqual([undefined, ada]);
      await one.write({ kind: 'end-sessions', member: ada, except: mine.id });
      expect((await two.sessions(mine)).map(({ id }) => id)).toEqual([mine.id]);
      expect(await two.session('bea')).toBeDefined();
      expect((await since()).map(({ stream }) => stream)).toEqual(Array.from({ length: 3 }, () => `member:${ada}`));
    });

    test('[I.4] another password takes the place of the one that was given, once', async () => {
      const { one, two, ada } = await openPeople();
      await one.write({ kind: 'open-session', member: ada, session: session('phone') });
      const mine = await one.session('ada');
      const change = (before: string, passwordHash: string, endOthers = true) =>
        one.write({ kind: 'change-password', member: ada, session: mine?.id ?? 0, before, passwordHash, endOthers });
      await expect(change('wrong', 'second')).rejects.toEqual(refused('wrong-credentials'));
      expect(await two.session('phone')).toBeDefined();
      await change('first', 'second');
      await expect(change('first', 'third')).rejects.toEqual(refused('wrong-credentials'));
      expect((await two.credentials('Ada'))?.passwordHash).toBe('second');
      expect([await two.session('phone'), (await two.session('ada'))?.member.id]).toEqual([undefined, ada]);
    });

    test('[D.1] of two drafts of one place the later one stays, whichever comes first; the log has neither', async () => {
      const { one, two, ada, bea, channel, since } = await openPeople();
      const now = Date.now();
      const set = (text: string, at: number, thread?: number) =>
        one.write({ kind: 'set-draft', member: ada, channel, thread, text, at });
      expect(await set('soup on', now - 5_000)).toEqual({ kept: true });
      expect(await set('soup on Sunday', now - 1_000)).toEqual({ kept: true });
      expect(await set('soup', now - 9_000)).toEqual({ kept: false });
      await set('in a thread', now, 7);
      const texts = async () => (await two.drafts(ada)).map(({ thread, text }) => [thread, text]);
      expect(await texts()).toEqual([
        [7, 'in a thread'],
        [undefined, 'soup on Sunday'],
      ]);
      expect(await two.drafts(ada, { channel })).toMatchObject([{ text: 'soup on Sunday' }]);
      expect(await two.drafts(bea)).toEqual([]);
      await set('', now); // it was sent
      expect(await set('soup on Sunday', now - 500)).toEqual({ kept: false });
      const events = await since();
      expect(events.map(({ stream }) => stream)).toEqual(Array.from({ length: 4 }, () => `member:${ada}`));
      expect(JSON.stringify(events)).not.toMatch(/soup|thread"?:"/);
      await one.write({ kind: 'leave-channel', member: ada, channel });
      expect(await two.drafts(ada)).toEqual([]);
      await expect(set('x', now)).rejects.toEqual(refused('channel-not-found'));
    });

    test('[D.2] of more drafts than are kept the oldest goes', async () => {
      const { one, two, ada, channel } = await openPeople();
      const now = Date.now();
      for (let index = 0; index <= draftsLimit; index += 1)
        await one.write({ kind: 'set-draft', member: ada, channel, thread: index + 1, text: 'x', at: now + index });
      const kept = await two.drafts(ada);
      expect(kept).toHaveLength(draftsLimit);
      expect(kept.some(({ thread }) => thread === 1)).toBe(false);
    });
  });
}
