import type { Phrases } from '../language/en.ts';
import type { MorePhrases } from '../language/en-more.ts';

/** A way is the keys that are pressed together; several are alternatives. Whoever adds a shortcut adds its line here. */
export type Shortcut = {
  group: keyof MorePhrases['shortcuts']['groups'];
  ways: readonly (readonly string[])[];
} & ({ action: keyof MorePhrases['shortcuts']['actions'] } | { format: keyof Phrases['formatting']['formats'] });

export const shortcuts: readonly Shortcut[] = [
  { group: 'around', action: 'sheet', ways: [['?'], ['Ctrl', '/']] },
  { group: 'around', action: 'switcher', ways: [['Ctrl', 'K']] },
  { group: 'around', action: 'search', ways: [['Ctrl', 'Shift', 'F']] },
  {
    group: 'around',
    action: 'channels',
    ways: [
      ['Alt', '↑'],
      ['Alt', '↓'],
    ],
  },
  {
    group: 'around',
    action: 'unread',
    ways: [
      ['Alt', 'Shift', '↑'],
      ['Alt', 'Shift', '↓'],
    ],
  },
  { group: 'around', action: 'newest', ways: [['Esc']] },
  { group: 'around', action: 'rows', ways: [['↑'], ['↓']] },
  { group: 'around', action: 'menu', ways: [['Enter']] },
  { group: 'around', action: 'names', ways: [['←'], ['→']] },
  { group: 'writing', action: 'write', ways: [] },
  { group: 'writing', action: 'send', ways: [['Enter']] },
  { group: 'writing', action: 'line', ways: [['Shift', 'Enter']] },
  { group: 'writing', action: 'editLast', ways: [['↑']] },
  { group: 'writing', action: 'complete', ways: [['@'], ['#'], [':']] },
  { group: 'writing', action: 'take', ways: [['Tab'], ['Enter']] },
  { group: 'formatting', format: 'bold', ways: [['Ctrl', 'B']] },
  { group: 'formatting', format: 'italic', ways: [['Ctrl', 'I']] },
  { group: 'formatting', format: 'code', ways: [['Ctrl', 'E']] },
  { group: 'formatting', format: 'strike', ways: [['Ctrl', 'Shift', 'X']] },
];
