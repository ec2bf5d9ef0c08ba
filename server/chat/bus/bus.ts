import { z } from 'zod';
import { ReplicaFigures } from '../../../shared/replica-figures.ts';
import type { Appended } from '../store/store.ts';

/** What replicas tell each other. A lost or doubled one changes nothing that lasts: the log is the truth. */
export const BusMessage = z.discriminatedUnion('kind', [
  /** There is more in the log; `appended` is that, where it is little, and good for those who have come to `after`. */
  z.object({
    kind: z.literal('committed'),
    /** Of the batch, in mutations. */
    size: z.number().default(0),
    appended: z
      .object({
        log: z.string(),
        after: z.number(),
        events: z.array(z.object({ seq: z.number(), stream: z.string(), kind: z.string(), payload: z.string() })),
      })
      .optional(),
  }),
  z.object({
    kind: z.literal('typing'),
    channel: z.number(),
    thread: z.number().optional(),
    member: z.number(),
    name: z.string(),
  }),
  /** Everyone who is connected to the sender: said at first and now and then. */
  z.object({ kind: z.literal('present'), members: z.array(z.number()), away: z.array(z.number()).optional() }),
  z.object({
    kind: z.literal('presence-changed'),
    online: z.array(z.number()),
    offline: z.array(z.number()),
    away: z.array(z.number()).optional(),
  }),
  /** How the sender is, each second. */
  z.object({ kind: z.literal('figures'), figures: ReplicaFigures }),
]);
export type BusMessage = z.infer<typeof BusMessage>;

type Committed = { size: number; appended: Appended | undefined };

/** More than this is quicker read than sent to everybody. */
const appendedLimit = 16_384;

export function committed(log: string, { size, appended }: Committed): BusMessage {
  const length = appended?.events.reduce((sum, { payload }) => sum + payload.length, 0) ?? 0;
  if (appended === undefined || length > appendedLimit) return { kind: 'committed', size };
  return { kind: 'committed', size, appended: { log, ...appended } };
}

export type Bus = {
  /** To every other replica that can be reached; never waits and never fails. */
  publish(message: BusMessage): void;
  /** Neither hears nor tells anybody for a while: for the lab. */
  isolate(forMs: number): void;
  close(): Promise<void>;
};

export type BusEvents = {
  onMessage(message: BusMessage, from: string): void;
  /** A replica can now be reached: what it should know first. */
  greeting(): BusMessage[];
  /** A replica that was heard is gone, or has been silent for long. */
  onPeerLost(id: string): void;
};
