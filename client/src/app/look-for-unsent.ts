import type { QueryClient } from '@tanstack/react-query';
import type { Conversation } from '../messages/conversation.ts';
import type { OutboxRunner } from '../messages/send-outbox.ts';
import type { Thread } from '../messages/thread.ts';

/** A message whose event fell into a gap is found in the snapshot that mends it. Returns what ends the looking. */
export function lookForUnsent(cache: QueryClient, outbox: OutboxRunner, me: number): () => void {
  return cache.getQueryCache().subscribe(({ query, type }) => {
    if (
      type !== 'updated' ||
      (query.queryKey[0] !== 'conversation' && query.queryKey[0] !== 'thread') ||
      outbox.entries.get().length === 0
    )
      return;
    const unsent = new Set(outbox.entries.get().map(({ clientId }) => clientId));
    const { messages = [] } = (query.state.data as Conversation | Thread | undefined) ?? {};
    const found = messages.filter(({ clientId, author }) => author === me && unsent.has(clientId));
    if (found.length > 0) outbox.logged(found);
  });
}
