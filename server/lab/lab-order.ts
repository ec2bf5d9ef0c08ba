import { z } from 'zod';

const replica = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/);
const seconds = z.int().min(1).max(30);

/** Whom the load generator writes as; each has one session of its own, which ends with the lab. */
export const LabGuests = z.object({
  channel: z.int(),
  members: z
    .array(z.object({ id: z.int(), name: z.string().max(40), cookie: z.string().max(200) }))
    .min(1)
    .max(16),
});
export type LabGuests = z.infer<typeof LabGuests>;

/** What the owner may order in the lab. */
export const LabOrder = z.discriminatedUnion('kind', [
  LabGuests.extend({ kind: z.literal('open') }),
  z.object({ kind: z.literal('close') }),
  /** How it stands; a lab that nobody looks at closes by itself. */
  z.object({ kind: z.literal('look') }),
  z.object({ kind: z.literal('kill'), replica }),
  /** Sends its people elsewhere first. */
  z.object({ kind: z.literal('restart'), replica }),
  z.object({ kind: z.literal('freeze'), replica, seconds }),
  /** It hears everything so much later. */
  z.object({ kind: z.literal('slow'), replica, seconds, delayMs: z.int().min(10).max(1_000) }),
  /** It neither hears nor tells the other replicas. */
  z.object({ kind: z.literal('isolate'), replica, seconds }),
  /** Messages a second of all virtual members together; `twice`: each is sent again under the same id. */
  z.object({ kind: z.literal('load'), perSecond: z.int().min(0).max(300), twice: z.boolean() }),
]);
export type LabOrder = z.infer<typeof LabOrder>;

export const LabFigures = z.object({
  sent: z.number(),
  acknowledged: z.number(),
  /** Sent again, whose fate wasn't known or on purpose. */
  repeated: z.number(),
  stored: z.number(),
  /** Of `due`: what was stored, once for each reader who was there by then. */
  delivered: z.number(),
  due: z.number(),
  lost: z.number(),
  doubled: z.number(),
  reordered: z.number(),
  /** How long anybody was without a connection. */
  worstAwayMs: z.number(),
});
export type LabFigures = z.infer<typeof LabFigures>;

export const noFigures: LabFigures = {
  ...{ sent: 0, acknowledged: 0, repeated: 0, stored: 0, delivered: 0, due: 0 },
  ...{ lost: 0, doubled: 0, reordered: 0, worstAwayMs: 0 },
};

export const harms = ['kill', 'freeze', 'slow', 'isolate', 'restart'] as const;

export const LabState = z.object({
  /** Where the virtual members write; null while the lab is closed. */
  channel: z.number().nullable(),
  /** What can be done to a replica here. */
  harms: z.array(z.enum(harms)),
  /** Null where there are no virtual members: in containers. */
  load: z.object({ perSecond: z.number(), twice: z.boolean() }).nullable(),
  figures: LabFigures,
  /** What is going on now; times are milliseconds since 1970. */
  faults: z.array(z.object({ replica: z.string(), kind: z.enum(['freeze', 'slow', 'isolate']), until: z.number() })),
});
export type LabState = z.infer<typeof LabState>;

/** What the supervisor tells a replica over the channel between them. */
export const LabFault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('lab-slow'), delayMs: z.number(), forMs: z.number() }),
  z.object({ kind: z.literal('lab-isolate'), forMs: z.number() }),
]);
export type LabFault = z.infer<typeof LabFault>;

/** `refused`: without a valid ticket; `closed`: the lab isn't open; `unknown`: no such replica, it isn't running, or that can't be done here. */
export const LabAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), state: LabState }),
  z.object({ ok: z.literal(false), reason: z.enum(['refused', 'closed', 'unknown', 'bad-order']) }),
]);
export type LabAnswer = z.infer<typeof LabAnswer>;

/** One line of JSON each way. */
export const LabRequest = z.object({ ticket: z.string().max(2_048), order: LabOrder });
export const labLineLimit = 16_384;
