import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueEntries, type Outbox, type OutboxEntry, type OutboxStep, outboxAfter } from './outbox.ts';

function entry(clientId: string, channel = 1, order = 1): OutboxEntry {
  return { clientId, channel, text: clientId, at: 0, order, state: { kind: 'queued' }, tried: false };
}

const ids = (entries: readonly OutboxEntry[]) => entries.map(({ clientId }) => clientId);
const two: Outbox = [entry('a', 1, 1), entry('b', 1, 2)];

describe('[G3] [UX13] the outbox', () => {
  test('sends one message of a channel at a time, channels beside one another', () => {
    expect(ids(dueEntries([...two, entry('c', 2, 3)]))).toEqual(['a', 'c']);
    const sending = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    expect(dueEntries(sending)).toEqual([]);
    expect(ids(dueEntries(outboxAfter(sending, { kind: 'accepted', clientId: 'a', seq: 4 })))).toEqual(['b']);
  });

  test('[G10.2] sends no more at once than fits into one frame, and the rest as soon as there is room', () => {
    const six = Array.from({ length: 6 }, (_, index) => entry(`m${index}`, index, index));
    expect(ids(dueEntries(six))).toEqual(['m0', 'm1', 'm2', 'm3']);
    const sending = ids(dueEntries(six)).reduce<Outbox>(
      (outbox, clientId) => outboxAfter(outbox, { kind: 'taken', clientId }),
      six,
    );
    expect(dueEntries(sending)).toEqual([]);
    const refusal = { kind: 'refused', clientId: 'm1', reason: 'message-empty', details: {}, next: 'm1b' } as const;
    expect(ids(dueEntries(outboxAfter(sending, refusal)))).toEqual(['m4']);
  });

  test('sends what got no answer again, under the same id and before what follows', () => {
    const sending = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    expect(ids(dueEntries(outboxAfter(sending, { kind: 'unanswered', clientId: 'a' })))).toEqual(['a']);
  });

  test('[UX14] a refused message holds what follows until it is sent again, changed or deleted', () => {
    const taken = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    const refused = outboxAfter(taken, {
      kind: 'refused',
      clientId: 'a',
      reason: 'storage-full',
      details: {},
      next: 'a2',
    });
    expect(dueEntries(refused)).toEqual([]);
    expect(ids(dueEntries(outboxAfter(refused, { kind: 'retried', clientId: 'a' })))).toEqual(['a']);
    const edited = outboxAfter(refused, { kind: 'edited', clientId: 'a', text: 'better', next: 'a2' });
    expect(edited[0]).toMatchObject({ clientId: 'a2', text: 'better', state: { kind: 'queued' } });
    expect(ids(dueEntries(outboxAfter(refused, { kind: 'deleted', clientId: 'a' })))).toEqual(['b']);
  });

  test('[UX14] one that certainly never left is changed or deleted at once', () => {
    const edited = outboxAfter(two, { kind: 'edited', clientId: 'a', text: 'x', next: 'a2' });
    expect(edited[0]).toMatchObject({ clientId: 'a', text: 'x', state: { kind: 'queued' } });
    expect(ids(outboxAfter(two, { kind: 'deleted', clientId: 'a' }))).toEqual(['b']);
    const [restored] = outboxAfter([], { kind: 'restored', entries: two });
    expect(restored && outboxAfter([restored], { kind: 'deleted', clientId: 'a' })[0]?.change).toEqual({
      kind: 'delete',
    });
  });

  test('[UX14] a change of one that may have arrived queues behind it, and is had at once if it has not', () => {
    const sending = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    const waiting = outboxAfter(sending, { kind: 'edited', clientId: 'a', text: 'x', next: 'a2' });
    expect(dueEntries(waiting)).toEqual([]);
    const refused = { kind: 'refused', clientId: 'a', reason: 'storage-full', details: {}, next: 'a2' } as const;
    expect(outboxAfter(waiting, refused)[0]).toMatchObject({ clientId: 'a2', text: 'x', state: { kind: 'queued' } });
    const posted = outboxAfter(waiting, { kind: 'accepted', clientId: 'a', seq: 7 });
    expect(dueEntries(posted)).toMatchObject([{ clientId: 'a', posted: 7, change: { kind: 'edit', text: 'x' } }]);
    expect(ids(dueEntries(outboxAfter(posted, { kind: 'settled', clientId: 'a' })))).toEqual(['b']);
    const unwanted = outboxAfter(waiting, { kind: 'deleted', clientId: 'a' });
    expect(ids(outboxAfter(unwanted, refused))).toEqual(['b']);
  });

  test('[O.4] a later wish about a message in the log stands for the earlier, and a refused one holds nothing', () => {
    const wish = (clientId: string, change: NonNullable<OutboxEntry['change']>): OutboxStep => ({
      kind: 'change',
      entry: { ...entry(clientId, 1, 9), text: '', posted: 5, change },
    });
    const steps = [
      wish('e', { kind: 'edit', text: 'x' }),
      wish('r', { kind: 'react', emoji: '👍', on: true }),
      wish('s', { kind: 'react', emoji: '👍', on: false }),
      wish('f', { kind: 'edit', text: 'y' }),
    ];
    const wished = steps.reduce<Outbox>(outboxAfter, []);
    expect(ids(wished)).toEqual(['s', 'f']);
    expect(ids(outboxAfter(wished, wish('d', { kind: 'delete' })))).toEqual(['d']);
    const refused = { kind: 'refused', clientId: 's', reason: 'message-not-found', details: {}, next: 'n' } as const;
    const taken = outboxAfter(wished, { kind: 'taken', clientId: 's' });
    expect(ids(dueEntries(outboxAfter(taken, refused)))).toEqual(['f']);
  });

  test('[UX13] [UX14] the log ends with what was wished last, each once and in order, whatever gets lost when', () => {
    const fate = fc.constantFrom('answer', 'lost-request', 'lost-answer', 'event', 'reload');
    const wish = fc.record({ index: fc.nat(5), text: fc.constantFrom('x', 'y', undefined) });
    fc.assert(
      fc.property(fc.array(fc.oneof(fate, wish), { maxLength: 60 }), (happenings) => {
        const names = Array.from({ length: 6 }, (_, index) => `m${index}`);
        let outbox: Outbox = names.map((name, index) => ({ ...entry(name, 1, index), tried: false }));
        const log = new Map<string, { seq: number; text: string | undefined }>();
        const wanted = new Map<string, string | undefined>(names.map((name) => [name, name]));
        const take = (step: OutboxStep) => {
          outbox = outboxAfter(outbox, step);
        };
        const serve = (due: OutboxEntry) => {
          const known = log.get(due.clientId);
          if (due.posted === undefined) log.set(due.clientId, known ?? { seq: log.size + 1, text: due.text });
          else if (known && due.change?.kind === 'edit') known.text = due.change.text;
          else if (known && due.change?.kind === 'delete') known.text = undefined;
        };
        for (const happening of [...happenings, ...Array(12).fill('answer')]) {
          if (typeof happening === 'object') {
            const clientId = `m${happening.index}`;
            const mine = outbox.find((one) => one.clientId === clientId);
            // What is in the log and in nobody's outbox is changed there.
            if (mine === undefined || mine.state.kind === 'accepted') continue;
            wanted.set(clientId, happening.text);
            if (happening.text === undefined) take({ kind: 'deleted', clientId });
            else take({ kind: 'edited', clientId, text: happening.text, next: 'never' });
          } else if (happening === 'event') {
            for (const [clientId, { seq }] of log) take({ kind: 'logged', clientId, seq });
          } else if (happening === 'reload') {
            const left = outbox.filter(({ state }) => state.kind !== 'accepted');
            const entries = left.map((one) => ({ ...one, state: { kind: 'queued' } as const }));
            outbox = outboxAfter([], { kind: 'restored', entries });
          } else {
            const [due] = dueEntries(outbox);
            if (due === undefined) continue;
            take({ kind: 'taken', clientId: due.clientId });
            if (happening !== 'lost-request') serve(due);
            if (happening !== 'answer') take({ kind: 'unanswered', clientId: due.clientId });
            else if (due.posted !== undefined) take({ kind: 'settled', clientId: due.clientId });
            else take({ kind: 'accepted', clientId: due.clientId, seq: log.get(due.clientId)?.seq ?? 0 });
          }
        }
        const said = [...log].filter(([, { text }]) => text !== undefined).map(([name, { text }]) => [name, text]);
        expect(said).toEqual(
          names.flatMap((name) => (wanted.get(name) === undefined ? [] : [[name, wanted.get(name)]])),
        );
      }),
    );
  });

  test('[UX20] waits for its files, holds what follows, and goes once the server has them all', () => {
    const file = (key: string) => ({ key, name: `${key}.png`, mediaType: 'image/png', size: 1 });
    const attachment = {
      id: 'x'.repeat(22),
      name: 'one.png',
      mediaType: 'image/png',
      size: 1,
      kind: 'picture',
    } as const;
    const waiting: Outbox = [{ ...entry('a', 1, 1), attachments: [file('one'), file('two')] }, entry('b', 1, 2)];
    expect(dueEntries(waiting)).toEqual([]);
    const half = outboxAfter(waiting, { kind: 'attached', key: 'one', attachment });
    expect(dueEntries(half)).toEqual([]);
    expect(ids(dueEntries(outboxAfter(half, { kind: 'attached', key: 'two', attachment })))).toEqual(['a']);
    // Without the one that failed the text still goes; without text and files nothing is left.
    const without = outboxAfter(half, { kind: 'detached', key: 'two' });
    expect(dueEntries(without)[0]?.attachments).toEqual([{ ...file('one'), attachment, file: undefined }]);
    const bare: Outbox = [{ ...entry('a', 1, 1), text: '', attachments: [file('one')] }];
    expect(outboxAfter(bare, { kind: 'detached', key: 'one' })).toEqual([]);
    // What is on the server may have been sent: it stays as it is.
    expect(outboxAfter(half, { kind: 'detached', key: 'one' })).toEqual(half);
  });

  test('what is in the log leaves it, even before the answer came', () => {
    const sending = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    expect(ids(outboxAfter(sending, { kind: 'logged', clientId: 'a', seq: 4 }))).toEqual(['b']);
  });

  test('what was kept from before goes ahead of what was written since', () => {
    const restored = outboxAfter([entry('new', 1, 9)], {
      kind: 'restored',
      entries: [entry('old', 1, 2), entry('new', 1, 9)],
    });
    expect(ids(restored)).toEqual(['old', 'new']);
  });

  test('posts every message once and in order, whatever answers get lost', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('answer', 'lost-request', 'lost-answer'), { maxLength: 60 }), (fates) => {
        let outbox: Outbox = Array.from({ length: 6 }, (_, index) => entry(`m${index}`, 1, index));
        const posted: string[] = [];
        for (const fate of [...fates, ...Array(6).fill('answer')]) {
          const [due] = dueEntries(outbox);
          if (due === undefined) break;
          outbox = outboxAfter(outbox, { kind: 'taken', clientId: due.clientId });
          if (fate !== 'lost-request' && !posted.includes(due.clientId)) posted.push(due.clientId);
          outbox =
            fate === 'answer'
              ? outboxAfter(outbox, { kind: 'accepted', clientId: due.clientId, seq: posted.length })
              : outboxAfter(outbox, { kind: 'unanswered', clientId: due.clientId });
        }
        expect(posted).toEqual(['m0', 'm1', 'm2', 'm3', 'm4', 'm5']);
      }),
    );
  });
});
