import { queryOptions } from '@tanstack/react-query';
import type { SearchQuery } from '../../../shared/search-query.ts';
import { applyToSearch, type SearchData, searchDataOf, withMore } from './search-data.ts';
import type { Session } from './session.ts';

/** As long as the pane may take to show what Enter has asked for already. */
const askedJustNowMs = 100;

/** Answers without a message that are gone on from at once; it is shown after them that it is still looking. */
const emptyAnswers = 4;

/** Asked anew whenever somebody looks: what was said since belongs to it. */
export function searchQuery(session: Session, query: SearchQuery) {
  return queryOptions({
    queryKey: ['search', JSON.stringify(query)] as const,
    queryFn: () => readResults(session, query, undefined),
    staleTime: askedJustNowMs,
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

/** The server looks for a few milliseconds: where it found nothing yet, the next question doesn't wait for the page to be drawn. */
function readResults({ ask, reader }: Session, query: SearchQuery, next: number | undefined): Promise<SearchData> {
  return reader.read(async (signal) => {
    for (let empty = 0, from = next; ; empty += 1) {
      const page = await ask.search.messages.query({ ...query, next: from }, { signal });
      if (page.messages.length > 0 || page.next === undefined || empty === emptyAnswers) return searchDataOf(page);
      from = page.next;
    }
  }, applyToSearch);
}
