import type { QueryClient } from '@tanstack/react-query';
import type {
  ChannelDirectory,
  LogEvent,
  PinList,
  SavedList,
  SingleMessage,
  StatusList,
  ThreadList,
} from '../../../shared/protocol.ts';
import { applyToDirectory } from '../channels/directory.ts';
import { applyToConversation, type Conversation } from '../messages/conversation.ts';
import { applyToMessage, applyToPins, applyToSaved } from '../messages/kept.ts';
import { applyToThread, type Thread } from '../messages/thread.ts';
import { applyToThreadList } from '../messages/thread-list.ts';
import { applyToStatuses } from '../people/statuses.ts';
import { applyToWorkspace, type WorkspaceData } from '../workspace/workspace-data.ts';
import { applyToSearch, type SearchData } from './search-data.ts';

/** What the query cache may hold of the log: a key and the data behind it. */
export type Cached =
  | { key: readonly ['workspace']; data: WorkspaceData }
  | { key: readonly ['directory', number]; data: ChannelDirectory }
  | { key: readonly ['conversation', number]; data: Conversation }
  /** Where one reads, apart from the newest messages. */
  | { key: readonly ['excerpt', number]; data: Conversation }
  | { key: readonly ['thread', number, number]; data: Thread }
  | { key: readonly ['threads', number]; data: ThreadList }
  | { key: readonly ['message', number]; data: SingleMessage }
  | { key: readonly ['pins', number]; data: PinList }
  | { key: readonly ['saved']; data: SavedList }
  | { key: readonly ['statuses']; data: StatusList }
  | { key: readonly ['search', string]; data: SearchData };

/** The one way in which an event changes what is cached. Data that the event doesn't concern stays the same object. */
export function applyEvent(cached: Cached, event: LogEvent): Cached['data'] {
  switch (cached.key[0]) {
    case 'workspace':
      return applyToWorkspace(cached.data as WorkspaceData, event);
    case 'directory':
      return applyToDirectory(cached.key[1], cached.data as ChannelDirectory, event);
    case 'conversation':
    case 'excerpt':
      return applyToConversation(cached.key[1], cached.data as Conversation, event);
    case 'thread':
      return applyToThread(cached.key[1], cached.data as Thread, event);
    case 'threads':
      return applyToThreadList(cached.key[1], cached.data as ThreadList, event);
    case 'message':
      return applyToMessage(cached.data as SingleMessage, event);
    case 'pins':
      return applyToPins(cached.key[1], cached.data as PinList, event);
    case 'saved':
      return applyToSaved(cached.data as SavedList, event);
    case 'statuses':
      return applyToStatuses(cached.data as StatusList, event);
    case 'search':
      return applyToSearch(cached.data as SearchData, event);
  }
}

export function applyToCache(queryClient: QueryClient, event: LogEvent): void {
  for (const { queryKey, state } of queryClient.getQueryCache().getAll()) {
    if (state.data === undefined || !isOfTheLog(queryKey)) continue;
    const data = applyEvent({ key: queryKey, data: state.data } as Cached, event);
    if (data !== state.data) queryClient.setQueryData(queryKey, data);
  }
}

export function isOfTheLog(key: readonly unknown[]): boolean {
  return ofTheLog.has(key[0]);
}

const ofTheLog = new Set<unknown>([
  'workspace',
  'directory',
  'conversation',
  'excerpt',
  'thread',
  'threads',
  'message',
  'pins',
  'saved',
  'statuses',
  'search',
]);
