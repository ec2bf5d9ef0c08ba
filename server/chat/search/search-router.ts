import { SearchMessages } from '../../../shared/protocol.ts';
import { router, signedIn } from '../procedures.ts';

export const searchRouter = router({
  /** What I may read now, the newest first. */
  messages: signedIn.input(SearchMessages).query(({ ctx, input }) => ctx.store.search(ctx.me.id, input)),
});
