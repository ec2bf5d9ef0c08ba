import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import type { EmojiRow } from './src/emoji/emoji.ts';

const require = createRequire(import.meta.url);

type Listed = { hexcode: string; emoji: string; label: string; group?: number; order?: number; version: number } & {
  tags?: string[];
  skins?: { emoji: string; tone: number | number[] }[];
};
type Shortcodes = Record<string, string | string[]>;

/** Newer ones are still missing from too many systems, where they would be empty boxes. */
const newestVersion = 15.1;
/** Skin tones and hair on their own. */
const components = 2;

/** Emojibase's data in both languages as one table, a third of the size of the files that it's made from. */
export function emojiTable(): EmojiRow[] {
  const en: Listed[] = require('emojibase-data/en/data.json');
  const es: Listed[] = require('emojibase-data/es/data.json');
  const codes: Shortcodes[] = [
    require('emojibase-data/en/shortcodes/emojibase.json'),
    require('emojibase-data/en/shortcodes/github.json'),
  ];
  const spanish = new Map(es.map((listed) => [listed.hexcode, listed]));
  return en
    .filter(({ group, version }) => group !== undefined && group !== components && version <= newestVersion)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
    .map(({ hexcode, emoji, label, group = 0, tags = [], skins = [] }) => {
      const there = spanish.get(hexcode);
      const shortcodes = new Set(codes.flatMap((list) => list[hexcode] ?? []));
      const tones = skins.filter(({ tone }) => typeof tone === 'number').map((skin) => skin.emoji);
      const words = (list: string[]) => list.join(' ');
      return [
        emoji,
        group,
        label,
        there?.label ?? label,
        words(tags),
        words(there?.tags ?? []),
        words([...shortcodes]),
        words(tones),
      ];
    });
}

/** The table as a module of the page, `virtual:emoji-table`, made while building. */
export function emojiTableModule(): Plugin {
  const name = 'virtual:emoji-table';
  return {
    name: 'emoji-table',
    resolveId: (id) => (id === name ? `\0${name}` : undefined),
    load: (id) =>
      id === `\0${name}` ? `export default JSON.parse(${JSON.stringify(JSON.stringify(emojiTable()))});` : undefined,
  };
}
