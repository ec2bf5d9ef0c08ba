import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import type { PeoplePage } from '../../../shared/protocol.ts';

/** Asks the server for one page of those whose name has a word that begins so. */
export type SearchPeople = (
  search: { query: string; channel?: number | undefined; after?: string | undefined },
  signal: AbortSignal,
) => Promise<PeoplePage>;

/** People by name, a page at a time; the log doesn't tell of them, so they are asked for whenever somebody looks. */
export function usePeople(search: SearchPeople, query: string, channel?: number) {
  return useInfiniteQuery({
    queryKey: ['people', channel ?? 0, query],
    queryFn: ({ pageParam, signal }) => search({ query, channel, after: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
}
