/** When a message came to this page over its stream, and through which replica. */
export type Arrival = { replica: string; at: number };

export type Arrivals = { note(message: number, replica: string): void; of(message: number): Arrival | undefined };

const limit = 5_000;

/** Of the messages that came last; whatever was loaded with the history isn't among them. */
export function createArrivals(): Arrivals {
  const arrivals = new Map<number, Arrival>();
  return {
    note(message, replica) {
      arrivals.set(message, { replica, at: Date.now() });
      if (arrivals.size > limit) arrivals.delete(arrivals.keys().next().value as number);
    },
    of: (message) => arrivals.get(message),
  };
}
