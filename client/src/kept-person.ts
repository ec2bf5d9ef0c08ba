import type { Person } from '../../shared/protocol.ts';

/** Who was signed in here last: so the page opens as theirs before anybody has answered. */
export type KeptPerson = { log: string; workspace: string; me: Pick<Person, 'id' | 'name' | 'role'> };

const storageKey = 'ronda.person';

export function keptPerson(): KeptPerson | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(storageKey) ?? 'null') as Partial<KeptPerson> | null;
    const { log, workspace, me } = kept ?? {};
    if (typeof log !== 'string' || typeof workspace !== 'string' || typeof me?.id !== 'number') return undefined;
    return { log, workspace, me };
  } catch {
    return undefined;
  }
}

export function keepPerson(person: KeptPerson): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(person));
  } catch {
    // Then nothing else is kept either.
  }
}

export function dropKeptPerson(): void {
  try {
    localStorage.removeItem(storageKey);
  } catch {
    // Nothing was kept.
  }
}

/** Names the log and the member, as everything does that is kept of somebody. */
export function ownerOf({ log, me }: { log: string; me: { id: number } }): string {
  return `${log}.${me.id}`;
}

/** A device keeps nothing of whoever isn't signed in: a tab that hasn't heard of it yet adds nothing after the erasure. */
export function mayKeepOf(owner: string): boolean {
  const person = keptPerson();
  return person !== undefined && ownerOf(person) === owner;
}

/** Another tab has signed this person out, or forgotten them. */
export function watchForgetting(forgotten: () => void): () => void {
  const look = ({ key, newValue }: StorageEvent) => {
    if ((key === storageKey && newValue === null) || key === null) forgotten();
  };
  addEventListener('storage', look);
  return () => removeEventListener('storage', look);
}
