import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Status } from '../../../shared/protocol.ts';
import { keptPerson } from '../kept-person.ts';
import { owedSignOut } from '../wire/owed-sign-out.ts';
import { useIdentity } from './identity-context.tsx';

const key = ['status'];

/** `untold`: signed out on this device, and the server doesn't know it yet. */
type StatusHere = Status & { untold?: true };

/** Who I am to this server. Asked again by itself only while nobody answers. */
export function useStatus(): UseQueryResult<StatusHere> {
  const { ask, queryClient } = useIdentity();
  return useQuery(
    {
      queryKey: key,
      queryFn: () =>
        ask.status.query().then(
          (answer): StatusHere => signedOutHere() ?? answer,
          (error: unknown): StatusHere => {
            const out = signedOutHere();
            if (out === undefined) throw error;
            return out;
          },
        ),
      // Whoever was here last is taken to be here still, until somebody says otherwise.
      initialData: (): StatusHere | undefined => {
        const person = keptPerson();
        return (
          signedOutHere() ?? (person && { state: 'signed-in' as const, workspace: person.workspace, me: person.me })
        );
      },
      initialDataUpdatedAt: 0,
      refetchOnMount: 'always',
      retry: false,
      refetchInterval: ({ state }) => (state.status === 'error' || owedSignOut() !== undefined ? 3_000 : false),
    },
    queryClient,
  );
}

/** Who has signed out without a connection is out, whatever the server still believes. */
function signedOutHere(): StatusHere | undefined {
  const workspace = owedSignOut();
  return workspace === undefined ? undefined : { state: 'signed-out', workspace, untold: true };
}

/** To be called after signing in or out. */
export function useCheckStatus(): () => Promise<void> {
  const { queryClient } = useIdentity();
  return useCallback(() => queryClient.refetchQueries({ queryKey: key }), [queryClient]);
}

/** Shows at once that nobody is signed in, and asks. */
export function useLeave(): (workspace: string) => Promise<void> {
  const { queryClient } = useIdentity();
  return (workspace) => {
    const out: StatusHere = { state: 'signed-out', workspace };
    queryClient.setQueryData(key, out);
    return queryClient.refetchQueries({ queryKey: key });
  };
}
