import { z } from 'zod';

/** Milliseconds, of the last seconds; 0 where nothing happened in them. */
const Spread = z.object({ p50: z.number(), p99: z.number() });
export type Spread = z.infer<typeof Spread>;

/** What a replica says of itself each second; times are milliseconds since 1970. */
export const ReplicaFigures = z.object({
  at: z.number(),
  startedAt: z.number(),
  version: z.string().max(50),
  /** Open WebSockets. */
  connections: z.number(),
  /** Accepted here, in the last second. */
  messages: z.number(),
  /** Events written to connections, in the last second. */
  deliveries: z.number(),
  /** Until the database's write lock was had, and from there to the durable commit. */
  lockWaitMs: Spread,
  commitMs: Spread,
  /** From an event's acceptance, by whichever replica, until it was written to this one's connections. */
  fanOutMs: Spread,
  /** How far it has read the log, and how many events further that goes. */
  seq: z.number(),
  lag: z.number(),
  memoryBytes: z.number(),
});
export type ReplicaFigures = z.infer<typeof ReplicaFigures>;

/** One second of a replica, for a line over time. */
export type FiguresSample = Pick<ReplicaFigures, 'at' | 'connections' | 'messages' | 'commitMs' | 'fanOutMs' | 'lag'>;

/** Samples after what was asked for, oldest first; `now` is missing of a replica that isn't heard. */
export type FiguresReport = { id: string; now?: ReplicaFigures | undefined; samples: FiguresSample[] }[];

/** Samples after that time, as the replicas' own clock has it. */
export const FiguresInput = z.object({ after: z.number().default(0) });
