import { SearchMembers } from '../../../shared/protocol.ts';
import { router, signedIn } from '../procedures.ts';

export const membersRouter = router({
  search: signedIn.input(SearchMembers).query(({ ctx, input }) => ctx.store.people(ctx.me.id, input)),
});
