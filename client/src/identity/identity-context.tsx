import type { QueryClient } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import type { AskIdentity } from '../wire/ask.ts';

type Identity = {
  ask: AskIdentity;
  /** For what is asked before there is a session; each session has a cache of its own. */
  queryClient: QueryClient;
};

const IdentityContext = createContext<Identity | undefined>(undefined);

export const IdentityProvider = IdentityContext.Provider;

export function useIdentity(): Identity {
  const identity = useContext(IdentityContext);
  if (identity === undefined) throw new Error('Wrap this in an IdentityProvider.');
  return identity;
}

export function useAskIdentity(): AskIdentity {
  return useIdentity().ask;
}
