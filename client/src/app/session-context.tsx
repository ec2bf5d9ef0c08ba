import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { PresenceContext } from '../presence/presence-context.ts';
import { type Session, startSession } from './session.ts';

const SessionContext = createContext<Session | undefined>(undefined);

/** Lives as long as one person is signed in. */
export function SessionProvider({ me, children }: { me: number; children: ReactNode }) {
  const [session, setSession] = useState<Session>();
  useEffect(() => {
    const started = startSession(me);
    setSession(started);
    return () => {
      setSession(undefined);
      started.stop();
    };
  }, [me]);
  if (session === undefined) return null;
  return (
    <SessionContext.Provider value={session}>
      <PresenceContext value={session.nearby}>
        <QueryClientProvider client={session.queryClient}>{children}</QueryClientProvider>
      </PresenceContext>
    </SessionContext.Provider>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Wrap this in a SessionProvider.');
  return session;
}
