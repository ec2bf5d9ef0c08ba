import { describe, expect, test } from 'vitest';
import type { TextEdit } from './edit-area.ts';
import { type Format, formatted, linkPasted } from './format-text.ts';

/** `[` and `]` show what is selected. */
function after(
  shown: string,
  edit: (text: string, start: number, end: number) => TextEdit | undefined,
): string | undefined {
  const start = shown.indexOf('‹');
  const end = shown.indexOf('›') - 1;
  const text = shown.replace(/[‹›]/gu, '');
  const made = edit(text, start, end);
  if (made === undefined) return undefined;
  const whole = text.slice(0, made.start) + made.text + text.slice(made.end);
  const [from, to] = made.select ?? [0, 0];
  return `${whole.slice(0, from)}‹${whole.slice(from, to)}›${whole.slice(to)}`;
}

const format = (shown: string, kind: Format) => after(shown, (...where) => formatted(...where, kind));

describe('formatting what is selected', () => {
  test.each<[Format, string, string]>([
    ['bold', 'a ‹b› c', 'a **‹b›** c'],
    ['bold', 'a **‹b›** c', 'a ‹b› c'],
    ['bold', 'a‹ b › c', 'a **‹b›**  c'],
    ['italic', '**‹b›**', '***‹b›***'],
    ['italic', '‹›', '*‹›*'],
    ['code', 'x ‹y›', 'x `‹y›`'],
    ['strike', '~~‹y›~~', '‹y›'],
    ['block', 'a ‹b›', 'a \n```\n‹b›\n```'],
    ['quote', 'a\n‹b\nc›', 'a\n> b\n> c‹›'],
    ['quote', '‹> b\n> c›', 'b\nc‹›'],
    ['link', 'see ‹this›', 'see [this](‹https://›)'],
  ])('%s: %s', (kind, before, expected) => expect(format(before, kind)).toBe(expected));

  test('an address over words makes a link; over nothing, over an address, or as part of a text it is pasted as it is', () => {
    const paste = (shown: string, pasted: string) => after(shown, (...where) => linkPasted(...where, pasted));
    expect(paste('see ‹this›!', ' https://x.example/a_(b) ')).toBe('see [this](https://x.example/a_%28b%29)‹›!');
    expect(paste('see ‹›', 'https://x.example')).toBeUndefined();
    expect(paste('‹https://y.example›', 'https://x.example')).toBeUndefined();
    expect(paste('‹words›', 'https://x.example and more')).toBeUndefined();
    expect(paste('‹words›', 'javascript:alert(1)')).toBeUndefined();
  });
});
