import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { KeptIds, SingleMessageQuery } from '../messages/message-actions.ts';
import { messageQuery, pinsQuery, savedQuery } from './keep-queries.ts';
import { useSession } from './session-context.tsx';

/** What is pinned in a channel and what I saved, and the way to any single message. */
export function useKeeping(channel: number): { kept: KeptIds; queryMessage: SingleMessageQuery } {
  const session = useSession();
  const pins = useQuery(pinsQuery(session, channel)).data?.pins;
  const saved = useQuery(savedQuery(session)).data?.saved;
  const kept = useMemo(
    () => ({
      pinned: new Set(pins?.map(({ message }) => message)),
      saved: new Set(saved?.map(({ message }) => message)),
    }),
    [pins, saved],
  );
  const queryMessage = useCallback((id: number) => messageQuery(session, id), [session]);
  return { kept, queryMessage };
}
