import { isOnline } from '../connection/connection-state.ts';
import { useLeave } from '../identity/status.ts';
import { oweSignOut } from '../wire/owed-sign-out.ts';
import { forgetPerson, toForget } from './forget-person.ts';
import { useSession } from './session-context.tsx';

/** What was typed last goes to the person's other devices within this time, or is lost. */
const patienceMs = 1_000;

/**
 * Erases what this device kept of the person, shows them as out, and ends the session on the server; without a
 * connection that is told as soon as there is one, before anything else. A page that is closed meanwhile goes on with
 * it when it is opened next.
 */
export function useSignOut(owner: string, workspace: string): () => Promise<void> {
  const leave = useLeave();
  const session = useSession();
  return async () => {
    session.leaving = true;
    oweSignOut(workspace);
    toForget(owner);
    session.outbox.stop();
    if (isOnline(session.follower.state.get())) {
      const late = new Promise<void>((give) => setTimeout(give, patienceMs));
      await Promise.race([late, session.flushDrafts().catch(() => undefined)]);
    }
    const forgotten = forgetPerson(owner);
    history.replaceState(null, '', '/');
    await leave(workspace);
    await forgotten;
  };
}
