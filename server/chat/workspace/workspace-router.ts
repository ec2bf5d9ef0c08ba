import { router, signedIn } from '../procedures.ts';

export const workspaceRouter = router({
  /** All that the page shows around a conversation, of one moment of the log. */
  snapshot: signedIn.query(({ ctx }) => ctx.store.workspace(ctx.me.id)),
});
