import type { Replica } from './replica.ts';
import type { Replicas, Work } from './replicas.ts';

/** Who looks for a replica. */
export type Seeker = {
  found(replica: Replica): void;
  refused(reason: 'no-replica' | 'overloaded'): void;
};

/** Nearly everybody's first turn is the last. */
const none: ReadonlySet<string> = new Set();

/** Finds a replica for one connection or request: in turn, each one once, and waiting while there is none. */
export class Search {
  readonly #replicas: Replicas;
  readonly #work: Work;
  readonly #seeker: Seeker;
  readonly #until: number;
  #tried = none;
  #latest = '';

  /** `waitMs` for everything together, however often it goes on. */
  constructor(replicas: Replicas, work: Work, waitMs: number, seeker: Seeker) {
    this.#replicas = replicas;
    this.#work = work;
    this.#seeker = seeker;
    this.#until = performance.now() + waitMs;
  }

  begin(): void {
    const replica = this.#replicas.take(this.#work, this.#tried);
    if (replica !== undefined) {
      this.#latest = replica.id;
      this.#seeker.found(replica);
      return;
    }
    const waitMs = Math.max(0, this.#until - performance.now());
    if (!this.#replicas.waitingRoom.enter(this, waitMs)) this.#seeker.refused('overloaded');
  }

  /** The connect to the one found failed and nothing was sent: on to the next. */
  goOn(): void {
    this.#tried = new Set([...this.#tried, this.#latest]);
    this.begin();
  }

  abandon(): void {
    this.#replicas.waitingRoom.leave(this);
  }

  /** By the waiting room. */
  called(): void {
    this.#tried = none;
    this.begin();
  }

  timedOut(): void {
    this.#seeker.refused('no-replica');
  }
}
