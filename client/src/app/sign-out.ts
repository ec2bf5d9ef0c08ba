import { useAskIdentity } from '../identity/identity-context.tsx';
import { useCheckStatus } from '../identity/status.ts';
import { oweSignOut, settleSignOut } from '../wire/owed-sign-out.ts';
import { forgetPerson } from './forget-person.ts';
import { useSession } from './session-context.tsx';

/** A server that says nothing doesn't keep anybody here. */
const patienceMs = 5_000;

/**
 * Erases what this device kept of the person, and ends the session on the server; without a connection that is told as
 * soon as there is one, before anything else.
 */
export function useSignOut(owner: string, workspace: string): () => Promise<void> {
  const ask = useAskIdentity();
  const checkStatus = useCheckStatus();
  const session = useSession();
  return async () => {
    session.leaving = true;
    await session.flushDrafts().catch(() => undefined);
    oweSignOut(workspace);
    await ask.signOut
      .mutate(undefined, { signal: AbortSignal.timeout(patienceMs) })
      .then(settleSignOut)
      .catch(() => undefined);
    session.outbox.stop();
    history.replaceState(null, '', '/');
    const forgotten = forgetPerson(owner);
    await checkStatus();
    await forgotten;
  };
}
