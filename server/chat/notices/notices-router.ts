import { NoticeShown, PushSubscription, SetNotices } from '../../../shared/protocol.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';
import { noticeKey } from './notice-key.ts';

const testsAtMost = 20;
const testsWindowMs = 600_000;

export const noticesRouter = router({
  set: signedIn
    .input(SetNotices)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-notices', member: ctx.me.id, change: input })),

  /** What a browser has to be told when it asks its push service for an address. */
  key: signedIn.query(async ({ ctx }) => ({ publicKey: (await noticeKey(ctx.store)).publicKey })),

  /** This session's device takes notices there from now on. */
  subscribe: signedIn.input(PushSubscription).mutation(({ ctx, input }) => {
    if (!ctx.pushPolicy.accepts(input.endpoint)) throw new Refusal('bad-request');
    const device = { session: ctx.session.id, member: ctx.me.id, subscription: input };
    return ctx.store.write({ kind: 'add-push-device', ...device });
  }),

  unsubscribe: signedIn.mutation(({ ctx }) => ctx.store.write({ kind: 'remove-push-device', session: ctx.session.id })),

  /** One to this device, to see whether it comes; `pushed` is false where it has no push service. */
  test: signedIn.mutation(async ({ ctx }) => {
    const attempts = [{ key: `test-notice ${ctx.me.id}`, limit: testsAtMost }];
    const { waits } = await ctx.store.write({ kind: 'count-attempt', attempts, windowMs: testsWindowMs });
    const [wait] = waits;
    if (wait) throw new Refusal('too-many-attempts', { retryAfterSeconds: Math.ceil(wait.retryAfterMs / 1_000) });
    return ctx.store.write({ kind: 'add-test-notice', session: ctx.session.id });
  }),

  shown: signedIn
    .input(NoticeShown)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'note-shown', session: ctx.session.id, ...input })),
});
