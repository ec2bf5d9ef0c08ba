import { QueryClientProvider } from '@tanstack/react-query';
import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { Opening } from '../design/opening.tsx';
import { UploadsContext } from '../files/upload.ts';
import { keptPerson } from '../kept-person.ts';
import { StatusesContext } from '../people/statuses.ts';
import { PresenceContext } from '../presence/presence-context.ts';
import type { KeptState } from './restore-kept.ts';
import { type Session, startSession } from './session.ts';

const SessionContext = createContext<Session | undefined>(undefined);

type SessionProviderProps = { me: Person; workspace: string; children: ReactNode };

/** Lives as long as one person is signed in; give it a key that says so. It begins with what this device kept of them. */
export function SessionProvider({ me, workspace, children }: SessionProviderProps) {
  const [session, setSession] = useState<Session>();
  const [person] = useState({ me, workspace });
  useEffect(() => {
    let started: Session | undefined;
    let over = false;
    void restored(person.me.id).then((kept) => {
      if (over) return;
      const session = startSession(person, kept);
      started = session;
      // In slices: the first look at what was kept is the most that is ever drawn at once.
      startTransition(() => setSession(session));
    });
    return () => {
      over = true;
      setSession(undefined);
      started?.stop();
    };
  }, [person]);
  if (session === undefined) return <Opening />;
  return (
    <SessionContext.Provider value={session}>
      <PresenceContext value={session.nearby}>
        <UploadsContext value={session.uploads}>
          <StatusesContext value={session.statuses}>
            <QueryClientProvider client={session.queryClient}>{children}</QueryClientProvider>
          </StatusesContext>
        </UploadsContext>
      </PresenceContext>
    </SessionContext.Provider>
  );
}

/** Whoever comes for the first time doesn't wait for what restores. */
async function restored(me: number): Promise<KeptState | undefined> {
  if (keptPerson()?.me.id !== me) return undefined;
  return import('./restore-kept.ts').then(({ restoreKept }) => restoreKept()).catch(() => undefined);
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('Wrap this in a SessionProvider.');
  return session;
}
