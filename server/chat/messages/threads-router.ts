import { FollowThread, ReadThread, ThreadInput } from '../../../shared/protocol.ts';
import { router, signedIn } from '../procedures.ts';

export const threadsRouter = router({
  /** Those that I follow. */
  list: signedIn.query(({ ctx }) => ctx.store.threads(ctx.me.id)),

  page: signedIn.input(ThreadInput).query(({ ctx, input }) => ctx.store.threadPage(ctx.me.id, input)),

  follow: signedIn
    .input(FollowThread)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'follow-thread', member: ctx.me.id, ...input })),

  /** Sets how far I have read; it never goes back. */
  markRead: signedIn
    .input(ReadThread)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'read-thread', member: ctx.me.id, ...input })),
});
