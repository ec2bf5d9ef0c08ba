import { foldText } from './search-text.ts';

/** What a message may have; the words for it in both languages are in `hasWords`. */
export const searchedThings = ['link', 'code', 'file', 'picture', 'reaction', 'thread', 'pin'] as const;
export type SearchedThing = (typeof searchedThings)[number];

export type FilterKey = 'from' | 'in' | 'has' | 'before' | 'after' | 'on';

/** Where a part of what was typed stands, and what it says; `text` and `value` are without quotes. */
export type SearchPart = { start: number; end: number } & (
  | { kind: 'word'; text: string; exact: boolean; excluded: boolean }
  | { kind: 'filter'; key: FilterKey; value: string; excluded: boolean }
);

/** `exact`: as whole words, as it is in quotes. */
export type SearchedWord = { text: string; exact?: boolean | undefined; excluded?: boolean | undefined };

/** What is looked for. `after` and `before` are ms since 1970, the first inclusive. */
export type SearchQuery = {
  words: SearchedWord[];
  from: string[];
  in: string[];
  has: SearchedThing[];
  after?: number;
  before?: number;
  /** What none of it may be of; absent where nothing is excluded. */
  without?: Without;
};

export type Without = Pick<SearchQuery, 'from' | 'in' | 'has'>;

/** Without accents and case, in both languages, whichever is chosen. */
export const filterWords: Record<FilterKey, readonly string[]> = {
  from: ['from', 'de'],
  in: ['in', 'en'],
  has: ['has', 'tiene'],
  before: ['before', 'antes'],
  after: ['after', 'despues'],
  on: ['on', 'dia'],
};

/** With a minus before them they exclude. */
export const excludableFilters = ['from', 'in', 'has'] as const satisfies FilterKey[];

export const hasWords: Record<SearchedThing, readonly string[]> = {
  link: ['link', 'enlace', 'url'],
  code: ['code', 'codigo'],
  file: ['file', 'archivo'],
  picture: ['picture', 'imagen', 'image', 'foto', 'photo'],
  reaction: ['reaction', 'reaccion'],
  thread: ['thread', 'hilo'],
  pin: ['pin', 'fijado'],
};

// An accent may come as a sign of its own.
const keys = 'from|de|in|en|has|tiene|before|antes|after|despu(?:e\\u0301?|\u00e9)s|on|d(?:i\\u0301?|\u00ed)a';
const excludable = excludableFilters.flatMap((key) => filterWords[key]).join('|');
const part = new RegExp(
  `(?:(?<key>${keys})|-(?<notKey>${excludable})):\\s*(?<value>"[^"]*"?|[^\\s"]*)|(?<minus>-?)(?:"(?<quoted>[^"]*)"?|(?<word>\\S+))`,
  'giu',
);

/** Everything that was typed is in one of them, but spaces and empty quotes. */
export function searchParts(typed: string): SearchPart[] {
  const parts: SearchPart[] = [];
  for (const { index: start, 0: whole, groups = {} } of typed.matchAll(part)) {
    const { minus = '', notKey, key = notKey, value = '', quoted, word } = groups;
    const place = { start, end: start + whole.length };
    const filter = key === undefined ? undefined : filterNamed(key);
    if (filter !== undefined) {
      const excluded = notKey !== undefined;
      parts.push({ ...place, kind: 'filter', key: filter, value: value.replaceAll('"', ''), excluded });
    } else if (quoted !== undefined) {
      if (quoted.trim() !== '')
        parts.push({ ...place, kind: 'word', text: quoted.trim(), exact: true, excluded: minus !== '' });
    } else parts.push({ ...place, kind: 'word', text: word ?? whole, exact: false, excluded: minus !== '' });
  }
  return parts;
}

/** What the parts mean together, and those that mean nothing (yet): an unknown thing, no date, no value. */
export function readSearch(parts: SearchPart[], now: Date): { query: SearchQuery; faulty: SearchPart[] } {
  const query: SearchQuery = { words: [], from: [], in: [], has: [] };
  const without: Without = { from: [], in: [], has: [] };
  const faulty: SearchPart[] = [];
  let after = Number.NEGATIVE_INFINITY;
  let before = Number.POSITIVE_INFINITY;
  for (const part of parts) {
    if (part.kind === 'word') {
      const { text, exact, excluded } = part;
      query.words.push({ text, ...(exact && { exact }), ...(excluded && { excluded }) });
    } else if (part.value.trim() === '') faulty.push(part);
    else if (part.key === 'from' || part.key === 'in') (part.excluded ? without : query)[part.key].push(part.value);
    else if (part.key === 'has') {
      const { has } = part.excluded ? without : query;
      const thing = thingNamed(part.value);
      if (thing === undefined) faulty.push(part);
      else if (!has.includes(thing)) has.push(thing);
    } else {
      const period = periodNamed(part.value, now);
      if (period === undefined) {
        faulty.push(part);
        continue;
      }
      if (part.key === 'before') before = Math.min(before, period.from);
      else after = Math.max(after, part.key === 'after' ? period.to : period.from);
      if (part.key === 'on') before = Math.min(before, period.to);
    }
  }
  if (after !== Number.NEGATIVE_INFINITY) query.after = after;
  if (before !== Number.POSITIVE_INFINITY) query.before = before;
  if (without.from.length + without.in.length + without.has.length > 0) query.without = without;
  return { query, faulty };
}

/** Also where something is excluded, but nothing looked for. */
export function isEmptySearch({ words, from, in: channels, has, after, before }: SearchQuery): boolean {
  const filters = from.length + channels.length + has.length;
  return filters === 0 && after === undefined && before === undefined && !words.some(({ excluded }) => !excluded);
}

export function filterNamed(word: string): FilterKey | undefined {
  const folded = foldText(word);
  return (Object.keys(filterWords) as FilterKey[]).find((key) => filterWords[key].includes(folded));
}

function thingNamed(word: string): SearchedThing | undefined {
  const folded = foldText(word);
  return searchedThings.find((thing) => hasWords[thing].includes(folded));
}

const iso = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;
const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;

/** A year, a month or a day in the reader's own time: `to` is where the next one begins. */
function periodNamed(value: string, now: Date): { from: number; to: number } | undefined {
  const daysAgo = { today: 0, hoy: 0, yesterday: 1, ayer: 1 }[foldText(value)];
  if (daysAgo !== undefined) return period(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo);
  const named = iso.exec(value);
  const [year, month, day] = named ? named.slice(1) : (dayFirst.exec(value)?.slice(1).reverse() ?? []);
  if (year === undefined) return undefined;
  const [y, m, d] = [Number(year), month === undefined ? undefined : Number(month) - 1, day && Number(day)];
  if (m === undefined) return period(y);
  if (typeof d !== 'number') return m < 0 || m > 11 ? undefined : period(y, m);
  const there = new Date(y, m, d);
  return there.getMonth() === m && there.getDate() === d ? period(y, m, d) : undefined;
}

function period(year: number, month?: number, day?: number): { from: number; to: number } | undefined {
  const from = new Date(year, month ?? 0, day ?? 1).getTime();
  const to =
    day !== undefined
      ? new Date(year, month ?? 0, day + 1)
      : new Date(month === undefined ? year + 1 : year, (month ?? -1) + 1, 1);
  return year < 1_970 || year > 9_999 ? undefined : { from, to: to.getTime() };
}
