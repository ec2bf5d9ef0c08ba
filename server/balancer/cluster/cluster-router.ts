import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import { LabRequest } from '../../lab/lab-order.ts';
import type { Ticket } from '../../ticket.ts';
import { askLab, type LabDoors } from '../lab/ask-lab.ts';
import type { Order, Replica } from '../replica.ts';
import type { Replicas } from '../replicas.ts';
import type { Steering } from '../steering.ts';
import type { Tunnels } from '../tunnels.ts';
import { readClusterState } from './cluster-state.ts';
import { watchCluster } from './watch-cluster.ts';

export type Cluster = { replicas: Replicas; tunnels: Tunnels; steering: Steering };

/** `stopping` ends the watchers when the balancer ends. */
export type ClusterContext = Cluster & { ticket: Ticket | undefined; labs: LabDoors; stopping: AbortSignal };

const trpc = initTRPC.context<ClusterContext>().create({
  sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 30_000 } },
  errorFormatter({ shape }) {
    const { stack: _, ...data } = shape.data as typeof shape.data & { stack?: string };
    return { ...shape, data };
  },
});

const withTicket = trpc.procedure.use(({ ctx, next }) => {
  if (ctx.ticket === undefined) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'A valid ticket is needed.' });
  return next({ ctx: { ticket: ctx.ticket } });
});

const OneReplica = z.object({ replica: z.string().max(255) });

/** To an existing replica; answers with the state after it. Each order sets a state, so that a repeat is harmless. */
const orderTo = withTicket.input(OneReplica).use(({ ctx, input, next }) => {
  const replica = ctx.replicas.find(input.replica);
  if (replica === undefined) throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such replica.' });
  return next({ ctx: { replica } });
});

type OrderContext = ClusterContext & { ticket: Ticket; replica: Replica };

function give(ctx: OrderContext, order: Order, instead: readonly Order[] = ['none', 'pause', 'drain']) {
  if (instead.includes(ctx.replica.order)) ctx.steering.order(ctx.replica, order, ctx.ticket.holder);
  return readClusterState(ctx.replicas, ctx.tunnels);
}

export const clusterRouter = trpc.router({
  state: withTicket.query(({ ctx }) => readClusterState(ctx.replicas, ctx.tunnels)),

  /** Ends with the ticket; a client comes again with a new one. */
  watch: withTicket.subscription(({ ctx, signal }) =>
    watchCluster({
      replicas: ctx.replicas,
      read: () => readClusterState(ctx.replicas, ctx.tunnels),
      until: ctx.ticket.expiresAt,
      signal: signal === undefined ? ctx.stopping : AbortSignal.any([signal, ctx.stopping]),
    }),
  ),

  /** No new connections; those that it has stay. */
  pause: orderTo.mutation(({ ctx }) => give(ctx, 'pause')),
  resume: orderTo.mutation(({ ctx }) => give(ctx, 'none', ['pause'])),
  /** No new connections, and those that it has are asked to come again, one after another. */
  drain: orderTo.mutation(({ ctx }) => give(ctx, 'drain')),
  undrain: orderTo.mutation(({ ctx }) => give(ctx, 'none', ['drain'])),

  /** From whoever has the lab, and checks its own ticket; null where there is no lab. */
  lab: withTicket
    .input(LabRequest)
    .mutation(async ({ ctx, input }) => (await askLab(ctx.labs, input.ticket, input.order)) ?? null),

  weigh: orderTo.input(OneReplica.extend({ weight: z.int().min(1).max(100) })).mutation(({ ctx, input }) => {
    ctx.steering.weigh(ctx.replica, input.weight, ctx.ticket.holder);
    return readClusterState(ctx.replicas, ctx.tunnels);
  }),
});

export type ClusterRouter = typeof clusterRouter;
