import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { PageInput } from '../../../shared/protocol.ts';
import { readyForFiles } from '../files/later-files.ts';
import {
  applyToConversation,
  type Conversation,
  conversationOf,
  joined,
  newestOf,
  oldestOf,
  withNewer,
  withOlder,
} from '../messages/conversation.ts';
import type { Session } from './session.ts';

const pageSize = 50;
/** Beyond this the end that is farther from the reader is dropped, down to the second number. */
const loadedLimit = { most: 800, kept: 600 };
/** Of a channel that is left for another one. */
const keptWhenClosed = 100;

/** The newest messages: what is posted comes to them by itself. */
export function conversationQuery(session: Session, channel: number) {
  const queryKey = ['conversation', channel] as const;
  return queryOptions({
    queryKey,
    queryFn: () => {
      // What was loaded before them is read again too: in a gap it may have been changed or deleted.
      const from = session.queryClient.getQueryData<Conversation>(queryKey)?.messages[0]?.id;
      return read(session, channel, async (page) => {
        let part = await page({});
        while (from !== undefined && part.older && firstOf(part) > from)
          part = withOlder(part, await page({ before: firstOf(part) }));
        return part;
      });
    },
  });
}

/** Where one reads in the past, apart from the newest messages. It is there once somebody has gone there. */
export function excerptQuery(session: Session, channel: number) {
  const queryKey = ['excerpt', channel] as const;
  return queryOptions({
    queryKey,
    enabled: ({ state }) => state.data !== undefined,
    queryFn: () => {
      const { messages } = session.queryClient.getQueryData<Conversation>(queryKey) ?? { messages: [] };
      const last = messages.at(-1)?.id ?? 0;
      return read(session, channel, async (page) => {
        let part = await page({ after: (messages[0]?.id ?? 1) - 1 });
        while (part.newer && lastOf(part) < last) part = withNewer(part, await page({ after: lastOf(part) }));
        return part;
      });
    },
  });
}

export type Destination = { around: number } | { aroundNumber: number } | { aroundTime: number };

/** Loads what is there and shows it apart from the newest, or with them where the two meet. */
export async function openExcerpt(session: Session, channel: number, destination: Destination): Promise<Conversation> {
  const part = await read(session, channel, (page) => page(destination));
  return keepExcerpt(session, channel, part);
}

export function closeExcerpt({ queryClient }: Session, channel: number): void {
  void queryClient.resetQueries({ queryKey: ['excerpt', channel] });
}

/** The page before the first message of what is shown. */
export async function loadOlder(session: Session, channel: number, limit = loadedLimit): Promise<void> {
  const { queryClient } = session;
  const before = shown(session, channel)?.messages[0]?.id;
  if (before === undefined) return;
  const page = await read(session, channel, (ask) => ask({ before }));
  const excerpt = cached(session, 'excerpt', channel);
  const now = excerpt ?? cached(session, 'conversation', channel);
  if (now === undefined || now.messages[0]?.id !== before) return;
  const longer = withOlder(now, page);
  if (longer.messages.length > limit.most) {
    // Who reads so far up reads an excerpt; the newest go on by themselves.
    queryClient.setQueryData(['excerpt', channel], oldestOf(longer, limit.kept));
    if (!excerpt) queryClient.setQueryData(['conversation', channel], newestOf(now, keptWhenClosed));
  } else queryClient.setQueryData([excerpt ? 'excerpt' : 'conversation', channel], longer);
}

/** The page after the last message of the excerpt. */
export async function loadNewer(session: Session, channel: number, limit = loadedLimit): Promise<void> {
  const excerpt = cached(session, 'excerpt', channel);
  if (excerpt === undefined) return;
  const after = lastOf(excerpt);
  const page = await read(session, channel, (ask) => ask({ after }));
  const now = cached(session, 'excerpt', channel);
  if (now === undefined || lastOf(now) !== after) return;
  const longer = withNewer(now, page);
  keepExcerpt(session, channel, longer.messages.length > limit.most ? newestOf(longer, limit.kept) : longer);
}

/** Lets go of what is loaded far above, where somebody follows the newest. */
export function trimConversation({ queryClient }: Session, channel: number): void {
  queryClient.setQueryData<Conversation>(['conversation', channel], (now) =>
    now && now.messages.length > loadedLimit.most ? newestOf(now, loadedLimit.kept) : now,
  );
}

export function leaveConversation(session: Session, channel: number): void {
  closeExcerpt(session, channel);
  session.queryClient.setQueryData<Conversation>(
    ['conversation', channel],
    (now) => now && newestOf(now, keptWhenClosed),
  );
}

/** An excerpt that has reached the newest messages becomes one with them. */
function keepExcerpt(session: Session, channel: number, excerpt: Conversation): Conversation {
  const whole = joined(excerpt, cached(session, 'conversation', channel));
  if (whole === undefined) return set(session, 'excerpt', channel, excerpt);
  closeExcerpt(session, channel);
  return set(session, 'conversation', channel, whole);
}

type Ask = (place: Omit<z.input<typeof PageInput>, 'channel' | 'limit'>) => Promise<Conversation>;

/** One page or several, with the events that came meanwhile. */
function read(session: Session, channel: number, load: (page: Ask) => Promise<Conversation>): Promise<Conversation> {
  return session.reader.read(
    async (signal) => {
      let cursor = Number.POSITIVE_INFINITY;
      const part = await load(async (place) => {
        const input = { channel, limit: pageSize, ...place };
        const page = conversationOf(await session.ask.messages.page.query(input, { signal }));
        cursor = Math.min(cursor, page.cursor);
        await readyForFiles(page.messages);
        return page;
      });
      return { ...part, cursor };
    },
    (part, event) => applyToConversation(channel, part, event),
  );
}

function shown(session: Session, channel: number): Conversation | undefined {
  return cached(session, 'excerpt', channel) ?? cached(session, 'conversation', channel);
}

function cached({ queryClient }: Session, kind: 'conversation' | 'excerpt', channel: number): Conversation | undefined {
  return queryClient.getQueryData<Conversation>([kind, channel]);
}

function set({ queryClient }: Session, kind: 'conversation' | 'excerpt', channel: number, data: Conversation) {
  queryClient.setQueryData(kind === 'excerpt' ? ['excerpt', channel] : ['conversation', channel], data);
  return data;
}

const firstOf = ({ messages }: Conversation) => messages[0]?.id ?? 0;
const lastOf = ({ messages }: Conversation) => messages.at(-1)?.id ?? 0;
