import { useAskIdentity } from '../identity/identity-context.tsx';
import { useCheckStatus } from '../identity/status.ts';
import { forgetPerson } from './forget-person.ts';
import { useSession } from './session-context.tsx';

/** Ends the session here and on the server, and erases what this device kept of the person. */
export function useSignOut(owner: string): () => Promise<void> {
  const ask = useAskIdentity();
  const checkStatus = useCheckStatus();
  const session = useSession();
  return async () => {
    session.leaving = true;
    await session.flushDrafts().catch(() => undefined);
    try {
      await ask.signOut.mutate();
    } catch (error) {
      session.leaving = false;
      throw error;
    }
    session.outbox.stop();
    history.replaceState(null, '', '/');
    const forgotten = forgetPerson(owner);
    await checkStatus();
    await forgotten;
  };
}
