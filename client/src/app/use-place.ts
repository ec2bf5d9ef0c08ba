import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation } from '../messages/conversation.ts';
import { type Jump, jumpWithin, type Target } from '../messages/jump.ts';
import {
  closeExcerpt,
  conversationQuery,
  type Destination,
  excerptQuery,
  leaveConversation,
  loadNewer,
  loadOlder,
  openExcerpt,
} from './conversation-queries.ts';
import { useSession } from './session-context.tsx';

/** `blank`: there is nothing else that could be shown meanwhile. */
export type Seeking =
  | { kind: 'idle' }
  | { kind: 'loading'; blank: boolean }
  | { kind: 'failed'; target: Target; error: unknown };

/** Where one reads in a channel: at its newest messages, or in an excerpt around what one has asked for. */
export function usePlace(channel: number, wanted: number | undefined) {
  const session = useSession();
  const { queryClient } = session;
  const newest = useQuery(conversationQuery(session, channel));
  const excerpt = useQuery(excerptQuery(session, channel)).data;
  const [seeking, setSeeking] = useState<Seeking>(
    wanted === undefined ? { kind: 'idle' } : { kind: 'loading', blank: true },
  );
  // Another stretch of messages is another list: it has nothing to keep in its place.
  const [view, setView] = useState<{ stretch: number; jump: Jump }>({ stretch: 0, jump: { to: 'unread' } });
  const latest = useRef(0);

  const goTo = useCallback(
    async (target: Target) => {
      latest.current += 1;
      const mine = latest.current;
      const [apart, whole] = [
        queryClient.getQueryData<Conversation>(['excerpt', channel]),
        queryClient.getQueryData<Conversation>(['conversation', channel]),
      ];
      const near = (apart ?? whole) && jumpWithin(apart ?? (whole as Conversation), target);
      if (near) {
        setView(({ stretch }) => ({ stretch, jump: near }));
        return setSeeking({ kind: 'idle' });
      }
      setSeeking((now) => (now.kind === 'loading' ? now : { kind: 'loading', blank: now.kind === 'failed' }));
      try {
        const part = await openExcerpt(session, channel, destinationOf(target));
        if (latest.current !== mine) return;
        setView(({ stretch }) => ({ stretch: stretch + 1, jump: jumpWithin(part, target) ?? { to: 'end' } }));
        setSeeking({ kind: 'idle' });
      } catch (error) {
        if (latest.current === mine) setSeeking({ kind: 'failed', target, error });
      }
    },
    [session, queryClient, channel],
  );

  const toNewest = useCallback(() => {
    latest.current += 1;
    const apart = queryClient.getQueryData(['excerpt', channel]) !== undefined;
    if (apart) closeExcerpt(session, channel);
    setSeeking({ kind: 'idle' });
    setView(({ stretch }) => ({ stretch: apart ? stretch + 1 : stretch, jump: { to: 'end' } }));
  }, [session, queryClient, channel]);

  useEffect(() => {
    if (wanted !== undefined) void goTo({ message: wanted });
  }, [goTo, wanted]);
  useEffect(() => () => leaveConversation(session, channel), [session, channel]);

  const older = useCallback(() => loadOlder(session, channel), [session, channel]);
  const newer = useCallback(() => loadNewer(session, channel), [session, channel]);
  return { newest, shown: excerpt ?? newest.data, seeking, view, goTo, toNewest, loadOlder: older, loadNewer: newer };
}

function destinationOf(target: Target): Destination {
  if ('message' in target) return { around: target.message };
  return 'time' in target ? { aroundTime: target.time } : { aroundNumber: target.number };
}
