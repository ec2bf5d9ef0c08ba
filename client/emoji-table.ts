import { createRequire } from 'node:module';
import type { Plugin } from 'vite';
import { knownWords, spanishWords } from './emoji-words.ts';
import { type EmojiRow, shortcodeOf } from './src/emoji/emoji.ts';

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
  const spanish = new Map(es.map((listed) => [listed.hexcode, listed]));
  const listed = en
    .filter(({ group, version }) => group !== undefined && group !== components && version <= newestVersion)
    .sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
  const codes = shortcodesOf(listed);
  return listed.map(({ hexcode, emoji, label, group = 0, tags = [], skins = [] }) => {
    const there = spanish.get(hexcode);
    const tones = skins.filter(({ tone }) => typeof tone === 'number').map((skin) => skin.emoji);
    const words = (list: string[]) => list.join(' ');
    return [
      emoji,
      group,
      label,
      there?.label ?? label,
      words(tags),
      words(there?.tags ?? []),
      words(codes.english.get(hexcode) ?? []),
      words(codes.spanish.get(hexcode) ?? []),
      words(tones),
    ];
  });
}

/** Each code leads to one emoji: GitHub's, which people know, go before Emojibase's own. */
function shortcodesOf(listed: Listed[]) {
  const github: Shortcodes = require('emojibase-data/en/shortcodes/github.json');
  const emojibase: Shortcodes = require('emojibase-data/en/shortcodes/emojibase.json');
  const english = new Map<string, string[]>();
  const spanish = new Map<string, string[]>();
  const taken = new Set<string>();
  const take = (into: Map<string, string[]>, of: (one: Listed) => string | string[] | undefined) => {
    for (const one of listed)
      for (const code of [of(one) ?? []].flat()) {
        if (taken.has(shortcodeOf(code))) continue;
        taken.add(shortcodeOf(code));
        into.set(one.hexcode, [...(into.get(one.hexcode) ?? []), code]);
      }
  };
  take(english, ({ hexcode }) => github[hexcode]);
  take(english, wordsIn(knownWords));
  take(spanish, wordsIn(spanishWords));
  take(english, ({ hexcode }) => emojibase[hexcode]);
  return { english, spanish };
}

/** Whether an emoji was written with or without the sign that asks for its picture makes no difference. */
function wordsIn(table: Record<string, string>): (one: Listed) => string[] | undefined {
  const bare = (emoji: string) => emoji.replaceAll('\uFE0F', '');
  const words = new Map(Object.entries(table).map(([emoji, list]) => [bare(emoji), list.split(' ')]));
  return ({ emoji }) => words.get(bare(emoji));
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
