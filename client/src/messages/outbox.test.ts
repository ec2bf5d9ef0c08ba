import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dueEntries, type Outbox, type OutboxEntry, outboxAfter } from './outbox.ts';

function entry(clientId: string, channel = 1, order = 1): OutboxEntry {
  return { clientId, channel, text: clientId, at: 0, order, state: { kind: 'queued' } };
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
    const refusal = { kind: 'refused', clientId: 'm1', reason: 'message-empty', details: {} } as const;
    expect(ids(dueEntries(outboxAfter(sending, refusal)))).toEqual(['m4']);
  });

  test('sends what got no answer again, under the same id and before what follows', () => {
    const sending = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    expect(ids(dueEntries(outboxAfter(sending, { kind: 'unanswered', clientId: 'a' })))).toEqual(['a']);
  });

  test('[UX14] a refused message holds what follows until it is sent again, changed or deleted', () => {
    const taken = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    const refused = outboxAfter(taken, { kind: 'refused', clientId: 'a', reason: 'storage-full', details: {} });
    expect(dueEntries(refused)).toEqual([]);
    expect(ids(dueEntries(outboxAfter(refused, { kind: 'retried', clientId: 'a' })))).toEqual(['a']);
    const edited = outboxAfter(refused, { kind: 'edited', clientId: 'a', text: 'better', next: 'a2' });
    expect(edited[0]).toMatchObject({ clientId: 'a2', text: 'better', state: { kind: 'queued' } });
    expect(ids(dueEntries(outboxAfter(refused, { kind: 'deleted', clientId: 'a' })))).toEqual(['b']);
  });

  test('a message that may have arrived can neither be changed nor deleted', () => {
    const sending = outboxAfter(two, { kind: 'taken', clientId: 'a' });
    expect(outboxAfter(sending, { kind: 'deleted', clientId: 'a' })).toEqual(sending);
    expect(outboxAfter(sending, { kind: 'edited', clientId: 'a', text: 'x', next: 'a2' })).toEqual(sending);
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
    expect(ids(outboxAfter(sending, { kind: 'logged', clientId: 'a' }))).toEqual(['b']);
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
