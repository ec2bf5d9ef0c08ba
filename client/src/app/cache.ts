import { QueryClient } from '@tanstack/react-query';
import type { LogEvent, SingleMessage } from '../../../shared/protocol.ts';
import type { Thread } from '../messages/thread.ts';

/** What is known of the server; nothing in it grows old by itself, since events keep it at what is so. */
export function createCache(): QueryClient {
  const cache = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 30 * 60_000,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        structuralSharing: false,
        // Results are handed on to parts that load later: what those read isn't known when the answer comes.
        notifyOnChangeProps: 'all',
      },
      mutations: { networkMode: 'always' },
    },
  });
  // What keeps the state decides which of the channels that nobody looks at stay.
  cache.setQueryDefaults(['conversation'], { gcTime: Number.POSITIVE_INFINITY });
  return cache;
}

/** What an event tells to have changed, and not to what. */
export function askAnewAfter(cache: QueryClient, event: LogEvent): void {
  if (event.kind === 'channel-member-joined' || event.kind === 'channel-member-left')
    void cache.invalidateQueries({ queryKey: ['people', event.channel] });
  if (event.kind === 'member-changed') void cache.invalidateQueries({ queryKey: ['people'] });
  if (event.kind === 'member-changed' || event.kind === 'status-set')
    void cache.invalidateQueries({ queryKey: ['profile'] });
}

/** All of a channel that isn't mine to read any more. */
export function dropChannel(cache: QueryClient, channel: number): void {
  for (const kind of ['conversation', 'excerpt', 'pins']) cache.removeQueries({ queryKey: [kind, channel] });
  cache.removeQueries({
    predicate: ({ queryKey, state }) =>
      (queryKey[0] === 'thread' && (state.data as Thread | undefined)?.root.channel === channel) ||
      (queryKey[0] === 'message' && (state.data as SingleMessage | undefined)?.message.channel === channel),
  });
}
