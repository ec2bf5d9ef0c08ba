const storageKey = 'ronda.signed-out';
const path = '/trpc/identity.signOut';

/** The workspace that somebody has left on this device without the server knowing: what signs them in can't be erased here. */
export function owedSignOut(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? undefined;
  } catch {
    return undefined;
  }
}

export function oweSignOut(workspace: string): void {
  try {
    localStorage.setItem(storageKey, workspace);
  } catch {
    // Then it is told now or never.
  }
}

export function settleSignOut(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was owed.
  }
}

/** Tells the server before it asks anything else: nobody is shown as inside again, and who signs in next isn't put out. */
export async function fetchOnceSignedOut(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  if (owedSignOut() !== undefined && !String(input).startsWith(path)) {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(path, { method: 'POST', headers, signal: init?.signal ?? null });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    settleSignOut();
  }
  return fetch(input, init);
}
