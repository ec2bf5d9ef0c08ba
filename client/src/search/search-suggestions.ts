import {
  excludableFilters,
  type FilterKey,
  filterWords,
  type SearchedThing,
  type SearchPart,
  searchedThings,
  searchParts,
} from '../../../shared/search-query.ts';
import { foldText } from '../../../shared/search-text.ts';

/** What is being typed at the caret: the value of a filter, or what may become a filter's name. */
export type Wanted = { start: number; end: number; query: string; key: FilterKey | undefined; excluded: boolean };

export function wantedAt(typed: string, caret: number): Wanted | undefined {
  const part = searchParts(typed).find(({ start, end }) => start < caret && caret <= end);
  if (part === undefined) return undefined;
  const { start, end } = part;
  const { excluded } = part;
  if (part.kind === 'filter') return { start, end, query: part.value.trim(), key: part.key, excluded };
  return part.exact ? undefined : { start, end, query: part.text, key: undefined, excluded };
}

/** The filters whose name begins so, in either language; after a minus only those that can exclude. */
export function filtersNamed(query: string, excluded: boolean): FilterKey[] {
  const folded = foldText(query).replace(/:$/, '');
  if (folded === '') return [];
  return (excluded ? excludableFilters : (Object.keys(filterWords) as FilterKey[])).filter((key) =>
    filterWords[key].some((word) => word.startsWith(folded)),
  );
}

export function thingsNamed(query: string, wordOf: (thing: SearchedThing) => string): SearchedThing[] {
  const folded = foldText(query);
  return searchedThings.filter((thing) => foldText(wordOf(thing)).startsWith(folded) || thing.startsWith(folded));
}

/** As it is typed: with quotes where it has spaces. */
export function filterText(word: string, value: string): string {
  const plain = value.replaceAll('"', '').trim();
  return `${word}:${/\s/.test(plain) ? `"${plain}"` : plain}`;
}

/**
 * Filters that are typed to their end, apart from the rest. With `all`, also the one that the text ends with.
 */
export function splitFilters(typed: string, all: boolean): { filters: string[]; rest: string } {
  const done = searchParts(typed).filter(
    (part): part is Extract<SearchPart, { kind: 'filter' }> =>
      part.kind === 'filter' && part.value.trim() !== '' && (all || part.end < typed.length),
  );
  let rest = typed;
  for (const { start, end } of done.toReversed())
    rest = `${rest.slice(0, start)}${rest.slice(end).replace(/^\s+/, '')}`;
  return { filters: done.map(({ start, end }) => withoutGap(typed.slice(start, end))), rest };
}

function withoutGap(filter: string): string {
  const colon = filter.indexOf(':');
  return filterText(filter.slice(0, colon), filter.slice(colon + 1));
}
