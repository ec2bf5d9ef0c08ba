import type { Work } from './replicas.ts';

export type ReplicaEvent =
  /** A turn; `again` where an earlier one of the same connection or request had failed. */
  | { kind: 'assigned'; at: number; work: Work; replica: string; again: boolean }
  | { kind: 'state'; at: number; replica: string; from: string; to: string; cause: string }
  | { kind: 'weight'; at: number; replica: string; weight: number };

type Listener = (event: ReplicaEvent) => void;

/** Costs nothing while nobody listens. */
export function createAnnouncer() {
  const listeners = new Set<Listener>();
  return {
    announce(event: ReplicaEvent): void {
      for (const listener of listeners) listener(event);
    },
    follow(listener: Listener): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
