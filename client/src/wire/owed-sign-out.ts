const storageKey = 'ronda.signed-out';
const path = '/trpc/identity.signOut';

/** A network that swallows what it is told: then it is given up, and told anew. */
const patienceMs = 10_000;

/** Where the device keeps no more notes, this page owes it for as long as it is open. */
let unnoted: string | undefined;

/** The workspace that somebody has left on this device without the server knowing: what signs them in can't be erased here. */
export function owedSignOut(): string | undefined {
  try {
    return localStorage.getItem(storageKey) ?? unnoted;
  } catch {
    return unnoted;
  }
}

export function oweSignOut(workspace: string): void {
  try {
    localStorage.setItem(storageKey, workspace);
  } catch {
    unnoted = workspace;
  }
}

function settleSignOut(): void {
  unnoted = undefined;
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was owed.
  }
}

/** Tells the server before it asks anything else: nobody is shown as inside again, and who signs in next isn't put out. */
export async function fetchOnceSignedOut(input: RequestInfo | URL | string, init?: RequestInit): Promise<Response> {
  if (owedSignOut() !== undefined) await tellOnce();
  return fetch(input, init);
}

let telling: Promise<void> | undefined;

/** One at a time: its answer takes the cookie away, and a second one that came late would take the next person's. */
function tellOnce(): Promise<void> {
  const locks = navigator.locks as LockManager | undefined; // not at plain HTTP on a network
  telling ??= Promise.resolve(locks ? locks.request(storageKey, tell) : tell()).finally(() => {
    telling = undefined;
  });
  return telling;
}

async function tell(): Promise<void> {
  if (owedSignOut() === undefined) return; // another tab has told it
  // A request that was given up takes no cookie away, whenever its answer comes.
  const given = new AbortController();
  const timer = setTimeout(() => given.abort(), patienceMs);
  const look = () => owedSignOut() === undefined && given.abort();
  addEventListener('storage', look);
  try {
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(path, { method: 'POST', headers, signal: given.signal });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    settleSignOut();
  } catch (error) {
    if (owedSignOut() !== undefined) throw error;
  } finally {
    clearTimeout(timer);
    removeEventListener('storage', look);
  }
}
