import { queryOptions } from '@tanstack/react-query';
import type { SearchQuery } from '../../../shared/search-query.ts';
import { applyToSearch, type SearchData, searchDataOf, withMore } from './search-data.ts';
import type { Session } from './session.ts';

/** Asked anew whenever somebody looks: what was said since belongs to it. */
export function searchQuery(session: Session, query: SearchQuery) {
  return queryOptions({
    queryKey: ['search', JSON.stringify(query)] as const,
    queryFn: () => readResults(session, query, undefined),
    staleTime: 0,
    gcTime: 5 * 60_000,
  });
}

export async function loadMoreResults(session: Session, query: SearchQuery): Promise<void> {
  const { queryKey } = searchQuery(session, query);
  const next = session.queryClient.getQueryData<SearchData>(queryKey)?.next;
  if (next === undefined) return;
  const page = await readResults(session, query, next);
  // It may have been asked for twice, or anew meanwhile.
  session.queryClient.setQueryData<SearchData>(queryKey, (now) =>
    now === undefined || now.next !== next ? now : withMore(now, page),
  );
}

function readResults({ ask, reader }: Session, query: SearchQuery, next: number | undefined): Promise<SearchData> {
  return reader.read(
    (signal) => ask.search.messages.query({ ...query, next }, { signal }).then(searchDataOf),
    applyToSearch,
  );
}
