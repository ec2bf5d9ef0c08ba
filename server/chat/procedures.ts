import { initTRPC } from '@trpc/server';
import { ZodError } from 'zod';
import type { RefusalDetails, RefusalReason } from '../../shared/refusals.ts';
import type { Context } from './context.ts';
import { Refusal } from './refusal.ts';

const trpc = initTRPC.context<Context>().create({
  errorFormatter({ shape, error }) {
    const { stack: _, ...data } = shape.data as typeof shape.data & { stack?: string };
    return { ...shape, message: data.code, data: { ...data, ...explain(error) } };
  },
});

function explain(error: { code: string; cause?: unknown }): { reason: RefusalReason; details: RefusalDetails } {
  if (error instanceof Refusal) return { reason: error.reason, details: error.details };
  if (error.code === 'NOT_FOUND') return { reason: 'unknown-procedure', details: {} };
  if (error.code === 'PAYLOAD_TOO_LARGE') return { reason: 'too-large', details: {} };
  if (error.code === 'INTERNAL_SERVER_ERROR' && !(error.cause instanceof ZodError))
    return { reason: 'internal', details: {} };
  return { reason: 'bad-request', details: {} };
}

export const router = trpc.router;
export const anyone = trpc.procedure.use(({ ctx, type, next }) =>
  type === 'query' && ctx.over.kind === 'socket' ? ctx.over.inTurn(next) : next(),
);

/** Over HTTP only: a WebSocket can't set the session's cookie. */
export const overHttp = anyone.use(({ ctx, next }) => {
  if (ctx.over.kind !== 'http') throw new Refusal('bad-request');
  const { cookie, place, countAttempt, demo } = ctx.over;
  return next({ ctx: { cookie, place, countAttempt, demo } });
});

export const signedIn = anyone.use(({ ctx, next }) => {
  if (ctx.session === undefined) throw new Refusal('not-signed-in');
  return next({ ctx: { session: ctx.session, me: ctx.session.member } });
});

export const overSocket = signedIn.use(({ ctx, next }) => {
  if (ctx.over.kind !== 'socket') throw new Refusal('bad-request');
  return next({ ctx: { socket: ctx.over } });
});
