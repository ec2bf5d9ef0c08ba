import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Status } from '../../../shared/protocol.ts';
import { useIdentity } from './identity-context.tsx';

const key = ['status'];

/** Who I am to this server. Asked again by itself only while nobody answers. */
export function useStatus(): UseQueryResult<Status> {
  const { ask, queryClient } = useIdentity();
  return useQuery(
    {
      queryKey: key,
      queryFn: () => ask.status.query(),
      retry: false,
      refetchInterval: ({ state }) => (state.status === 'error' ? 3_000 : false),
    },
    queryClient,
  );
}

/** To be called after signing in or out. */
export function useCheckStatus(): () => Promise<void> {
  const { queryClient } = useIdentity();
  return useCallback(() => queryClient.refetchQueries({ queryKey: key }), [queryClient]);
}
