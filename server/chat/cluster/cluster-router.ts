import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

export const clusterRouter = router({
  /** Lets an owner or admin see and steer the balancer for a few minutes. Over HTTP only. */
  ticket: signedIn.query(({ ctx }) => {
    if (!['owner', 'admin'].includes(ctx.me.role)) throw new Refusal('not-allowed');
    if (ctx.over.kind !== 'http') throw new Refusal('bad-request');
    return ctx.over.signTicket({ for: 'cluster', holder: `member ${ctx.me.id}` });
  }),
});
