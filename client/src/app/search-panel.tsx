import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { SearchQuery } from '../../../shared/search-query.ts';
import { placeName } from '../place-name.ts';
import { SearchPane } from '../search/search-pane.tsx';
import { SearchResults } from '../search/search-results.tsx';
import { useExplain } from '../wire/use-explain.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { searchPeople } from './queries.ts';
import { loadMoreResults, searchQuery } from './search-queries.ts';
import { useSession } from './session-context.tsx';
import './side-pane.css';

type SearchPanelProps = {
  workspace: WorkspaceData;
  owner: string;
  initial: string;
  onTyped(typed: string): void;
  /** The message that is shown. */
  current: number | undefined;
  inert: boolean;
  onClose(): void;
};

/** The search, joined to what it asks. Where it lies over the conversation it makes way for what was chosen. */
export function SearchPanel({ workspace, owner, initial, onTyped, current, inert, onClose }: SearchPanelProps) {
  const session = useSession();
  const { channels, me } = workspace;
  const names = useMemo(
    () => ({
      me: me.name,
      channels: channels.map(({ name }) => name),
      people: async (query: string, signal: AbortSignal) =>
        (await searchPeople(session)({ query: query.slice(0, 40) }, signal)).people.map(({ name }) => name),
    }),
    [session, channels, me.name],
  );
  return (
    <SearchPane
      owner={owner}
      initial={initial}
      onTyped={onTyped}
      names={names}
      inert={inert}
      ask={(query) => void session.queryClient.prefetchQuery(searchQuery(session, query))}
      results={(query) => (
        <Results
          key={JSON.stringify(query)}
          query={query}
          channels={channels}
          current={current}
          onGo={() => {
            if (!matchMedia('(min-width: 64.01rem)').matches) onClose();
          }}
        />
      )}
      onClose={onClose}
    />
  );
}

type ResultsProps = {
  query: SearchQuery;
  channels: WorkspaceData['channels'];
  current: number | undefined;
  onGo(): void;
};

function Results({ query, channels, current, onGo }: ResultsProps) {
  const session = useSession();
  const explain = useExplain();
  const { data, isError, error, refetch } = useQuery(searchQuery(session, query));
  const placeOf = useCallback(
    (channel: number) => {
      const found = channels.find(({ id }) => id === channel);
      return found && placeName(found);
    },
    [channels],
  );
  const found = useMemo(
    () => data && { messages: data.messages, people: data.people, more: data.next !== undefined },
    [data],
  );
  return (
    <SearchResults
      words={query.words}
      found={found}
      fault={isError && data === undefined ? explain(error) : undefined}
      current={current}
      placeOf={placeOf}
      loadMore={() => loadMoreResults(session, query)}
      retry={() => void refetch()}
      onGo={onGo}
    />
  );
}
