/**
 * How a message came to this page: over its stream, when and through which replica; and where this page has sent it,
 * after how long it had its answer.
 */
export type Arrival = { replica?: string; at?: number; answeredAfterMs?: number };

export type Arrivals = { note(message: number, arrival: Arrival): void; of(message: number): Arrival | undefined };

const limit = 5_000;

/** Of the messages that came last; whatever was loaded with the history isn't among them. */
export function createArrivals(): Arrivals {
  const arrivals = new Map<number, Arrival>();
  return {
    note(message, arrival) {
      arrivals.set(message, { ...arrivals.get(message), ...arrival });
      if (arrivals.size > limit) arrivals.delete(arrivals.keys().next().value as number);
    },
    of: (message) => arrivals.get(message),
  };
}
