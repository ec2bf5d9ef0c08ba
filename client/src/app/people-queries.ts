import { queryOptions } from '@tanstack/react-query';
import type { Session } from './session.ts';

/** The log tells that there is something new of somebody, and not what: it is asked for whenever somebody looks. */
export function profileQuery({ ask }: Session, member: number) {
  return queryOptions({
    queryKey: ['profile', member] as const,
    queryFn: ({ signal }) => ask.members.profile.query({ member }, { signal }),
    staleTime: 0,
    gcTime: 60_000,
  });
}
