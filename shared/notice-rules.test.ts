import { expect, test } from 'vitest';
import { noticeReason, noticeText, type Recipient } from './notice-rules.ts';

const recipient: Recipient = {
  member: 2,
  level: 'mentions',
  muted: false,
  direct: false,
  follows: false,
  keywords: [],
};
const message = { author: 1, number: 7, text: 'hola' };

test('[N.1] why somebody is told of a message', () => {
  const reason = (about: object, to: Partial<Recipient>) =>
    noticeReason({ ...message, ...about }, { ...recipient, ...to });
  const mentions = { people: [{ member: 2, text: 'Bo' }] };
  expect(reason({}, {})).toBeUndefined();
  expect(reason({}, { level: 'all' })).toBe('channel');
  expect(reason({}, { direct: true })).toBe('direct');
  expect(reason({ mentions }, {})).toBe('mention');
  expect(reason({ mentions: { people: [], channel: true } }, {})).toBe('mention');
  expect(reason({ mentions: { people: [], here: [3] } }, {})).toBeUndefined();
  expect(reason({ mentions }, { muted: true })).toBeUndefined();
  expect(reason({ mentions }, { level: 'nothing' })).toBeUndefined();
  expect(reason({ mentions, author: 2 }, { level: 'all' })).toBeUndefined();
  expect(reason({ mentions, deletedBy: 1 }, {})).toBeUndefined();
  // A reply in its thread alone is for those who follow it.
  expect(reason({ number: 0 }, { level: 'all' })).toBeUndefined();
  expect(reason({ number: 0 }, { follows: true })).toBe('thread');
});

test('[N.3] a keyword is found whatever its case and accents, as a word and not inside one', () => {
  const finds = (text: string, keyword: string) =>
    noticeReason({ ...message, text }, { ...recipient, keywords: [keyword] }) === 'keyword';
  for (const text of ['Nómina', '¿la NOMINA?', 'sube:nomina.pdf', 'nomina', 'la\nnómina'])
    expect(finds(text, 'nómina'), text).toBe(true);
  for (const text of ['nominaciones', 'prenomina', 'nomina2', 'otra cosa'])
    expect(finds(text, 'nómina'), text).toBe(false);
  expect(finds('nominas nomina', 'nomina')).toBe(true);
  expect(finds('se rompió el  puerto USB', 'El Puerto')).toBe(true);
  expect(finds('今日は会議です', '会議')).toBe(true);
  expect(finds('C++ es', 'c++')).toBe(true);
  expect(finds('hola', '')).toBe(false);
});

test('[N.2] a notice shows one short line, nothing that is hidden, and no sign that turns round what is beside it', () => {
  expect(noticeText('one\n\n two')).toBe('one two');
  expect(noticeText('it was ||the butler|| and ||never closed')).toBe('it was ▒▒▒ and ▒▒▒');
  expect(noticeText('a\u202eb\u2066c')).toBe('abc');
  const long = noticeText('😀'.repeat(200));
  expect(long.length).toBeLessThanOrEqual(161);
  expect(long.isWellFormed()).toBe(true);
  const picture = { id: 'x'.repeat(22), name: 'sea.png', mediaType: 'image/png', size: 1, kind: 'picture' } as const;
  expect(noticeText('', [picture, { ...picture, kind: 'file', name: 'plan.pdf' }])).toBe('📷 sea.png, 📎 plan.pdf');
  expect(noticeText('the sea', [picture])).toBe('the sea');
});
