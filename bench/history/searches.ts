import type { SearchQuery } from '../../shared/search-query.ts';
import { createRandom, rareWord } from './texts.ts';

const common = 'hola reunión mañana informe servidor réplica meeting report question server café señal'.split(' ');
const pairs = ['会议', '服务器', '问题', '星期五', '老师'];
const fragments = ['ion', 'rep', 'tar', 'lab', 'ser', 'ado'];

/** What people type, from the same seed the same. */
export function searchCases(seed: number, channels: number): Record<string, () => Partial<SearchQuery>> {
  const random = createRandom(seed);
  const pick = (list: string[]) => list[Math.floor(random() * list.length)] ?? '';
  const word = (text: string, exact?: true) => ({ text, ...(exact && { exact }) });
  const rare = (most = 300_000) => rareWord(Math.floor(random() * most));
  return {
    'a common word': () => ({ words: [word(pick(common))] }),
    'two common words': () => ({ words: [word(pick(common)), word(pick(common))] }),
    'a rare word': () => ({ words: [word(rare())] }),
    'two words, one of them rare': () => ({ words: [word(pick(common)), word(rare(1_000))] }),
    'inside of a word': () => ({ words: [word(rare().slice(2))] }),
    'three letters': () => ({ words: [word(pick(fragments))] }),
    'without accents': () => ({ words: [word('reunion'), word('manana')] }),
    'in Chinese': () => ({ words: [word(pick(pairs))] }),
    'a phrase': () => ({ words: [word(`${pick(common)} ${pick(common)}`, true)] }),
    nothing: () => ({ words: [word(`${rare()}zz`)] }),
    'a word in a channel': () => ({
      words: [word(pick(common))],
      in: [`channel-${1 + Math.floor(random() * (channels - 1))}`],
    }),
    'a rare word in a channel': () => ({ words: [word(rare(500))], in: ['channel-7'] }),
    'one letter': () => ({ words: [word(pick(['a', 'x', '7']))] }),
  };
}

/** As they are typed, all different, and each of them finds something in a million messages. */
export function searchedTexts(): string[] {
  const ranks = Array.from({ length: 50 }, (_, index) => index * 37);
  return [
    ...common,
    ...pairs,
    ...common.map((word) => `${word} in:channel-7`),
    ...ranks.map((rank) => rareWord(rank)),
    ...ranks.map((rank) => rareWord(rank + 1).slice(2)),
  ];
}
