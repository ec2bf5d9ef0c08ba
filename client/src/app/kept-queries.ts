import type { Query } from '@tanstack/react-query';
import { type Conversation, newestOf } from '../messages/conversation.ts';
import type { Thread } from '../messages/thread.ts';

/** What is kept is what one sees first: the newest page of the channels that were open last, and what stands around them. */
const most = { channels: 20, threads: 10, messages: 50, characters: 2_000_000 };

export type KeptQuery = { name: string; source: unknown; data: unknown };

type Cached = Pick<Query, 'queryKey'> & { state: Pick<Query['state'], 'data' | 'status' | 'fetchStatus'> };

/**
 * Chooses from the cache, bounded. Undefined where the workspace itself is being read anew. Whatever is being read anew
 * may have a hole, so it is left out.
 */
export function keptQueries(cache: readonly Cached[], recent: readonly number[]): KeptQuery[] | undefined {
  const whole = cache.filter(({ state }) => state.status === 'success' && state.fetchStatus === 'idle');
  const found = (...key: unknown[]) =>
    whole.find(({ queryKey }) => queryKey.length >= key.length && key.every((part, index) => queryKey[index] === part));
  if (found('workspace') === undefined) return undefined;
  const kept: KeptQuery[] = [];
  let characters = 0;
  const keep = (cached: Cached | undefined, cut = (data: unknown) => data) => {
    if (cached === undefined) return;
    const data = cut(cached.state.data);
    characters += sizeOf(data);
    if (characters <= most.characters)
      kept.push({ name: JSON.stringify(cached.queryKey), source: cached.state.data, data });
  };
  for (const kind of ['workspace', 'threads', 'saved']) keep(found(kind));
  for (const channel of recent.slice(0, most.channels)) {
    keep(found('conversation', channel), (data) => newestOf(data as Conversation, most.messages));
    keep(found('pins', channel));
  }
  const threads = whole.filter(({ queryKey }) => queryKey[0] === 'thread').slice(-most.threads);
  for (const thread of threads) keep(thread, (data) => shortened(data as Thread));
  return kept;
}

function shortened(thread: Thread): Thread {
  if (thread.messages.length <= most.messages) return thread;
  return { ...thread, messages: thread.messages.slice(-most.messages), older: true };
}

/** Roughly, and quickly: it is the texts that can be long. */
function sizeOf(data: unknown): number {
  const { messages } = data as Partial<Conversation>;
  return messages?.reduce((sum, { text }) => sum + text.length + 300, 0) ?? 0;
}
