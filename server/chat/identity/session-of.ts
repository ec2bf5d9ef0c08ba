import type { Session, Store } from '../store/store.ts';

/** Who comes with this secret; the first time that a new one comes confirms that it has arrived. */
export async function sessionOf(
  store: Pick<Store, 'session' | 'write'>,
  secretHash: string | undefined,
): Promise<Session | undefined> {
  if (secretHash === undefined) return undefined;
  const session = await store.session(secretHash);
  if (session?.unconfirmed) store.write({ kind: 'confirm-session', secretHash }).catch(() => undefined); // the next time will
  return session;
}
