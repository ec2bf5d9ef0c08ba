import { useQuery } from '@tanstack/react-query';
import type { FilterKey } from '../../../shared/search-query.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { closeness } from './fuzzy.ts';
import { filtersNamed, thingsNamed, type Wanted } from './search-suggestions.ts';

/** With a value it is a whole filter, without one the beginning of one. */
export type Suggestion = { key: FilterKey; value?: string; label: string; detail?: string };

/** Who and what can be named in a filter. */
export type SearchNames = {
  me: string;
  channels: readonly string[];
  people(query: string, signal: AbortSignal): Promise<string[]>;
};

const most = 8;

export function useSuggestions(wanted: Wanted | undefined, names: SearchNames): Suggestion[] {
  const { search } = useMorePhrases();
  const formats = useFormats();
  const asksPeople = wanted?.key === 'from';
  const query = wanted?.query.replace(/^[#@]/, '') ?? '';
  const people = useQuery({
    queryKey: ['people', 'search', query],
    queryFn: ({ signal }) => names.people(query, signal),
    enabled: asksPeople,
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  if (wanted === undefined) return [];
  const { key } = wanted;
  const minus = wanted.excluded ? '-' : '';
  switch (key) {
    case undefined:
      return filtersNamed(query, wanted.excluded).map((filter) => ({
        key: filter,
        label: `${minus}${search.filterWords[filter]}:`,
        ...(!wanted.excluded && { detail: search.addFilter[filter] }),
      }));
    case 'from': {
      const me =
        closeness(query, search.me) > 0 || query === ''
          ? [{ key, value: names.me, label: names.me, detail: search.me }]
          : [];
      const others = (people.data ?? []).filter((name) => name !== names.me);
      const isMe = people.data?.includes(names.me) && me.length === 0;
      return [
        ...me,
        ...(isMe ? [{ key, value: names.me, label: names.me }] : []),
        ...others.map((name) => ({ key, value: name, label: name })),
      ].slice(0, most);
    }
    case 'in':
      return names.channels
        .map((name) => ({ name, closeness: closeness(query, name) }))
        .filter((one) => one.closeness > 0)
        .sort((one, other) => other.closeness - one.closeness)
        .slice(0, most)
        .map(({ name }) => ({ key, value: name, label: name }));
    case 'has':
      return thingsNamed(query, (thing) => search.things[thing][0]).map((thing) => {
        const [value, detail] = search.things[thing];
        return { key, value, label: value, detail };
      });
    default:
      return [0, 1, 7, 30]
        .map((days) => {
          const day = new Date();
          day.setDate(day.getDate() - days);
          const two = (part: number) => String(part).padStart(2, '0');
          const value = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
          return { key, value, label: value, detail: formats.day(day.getTime(), Date.now()) };
        })
        .filter(({ value }) => value.startsWith(query));
  }
}
