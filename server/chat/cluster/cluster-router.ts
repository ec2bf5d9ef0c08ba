import { FiguresInput } from '../../../shared/replica-figures.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

/** For the owner and admins, as they are now: a connection may have been opened under another role. */
const administrator = signedIn.use(async ({ ctx, next }) => {
  const role = await ctx.store.role(ctx.me.id);
  if (role !== 'owner' && role !== 'admin') throw new Refusal('not-allowed');
  return next();
});

export const clusterRouter = router({
  /** Nothing but the way there and back. */
  ping: signedIn.query(() => null),

  /** Lets an owner or admin see and steer the balancer for a few minutes. Over HTTP only. */
  ticket: administrator.query(({ ctx }) => {
    if (ctx.over.kind !== 'http') throw new Refusal('bad-request');
    return ctx.over.signTicket({ for: 'cluster', holder: `member ${ctx.me.id}` });
  }),

  /** How every replica is, whichever is asked. */
  figures: administrator.input(FiguresInput).query(({ ctx, input }) => ctx.figures(input.after)),
});
