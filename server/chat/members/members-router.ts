import { RemoveMember, SearchMembers, SetRole } from '../../../shared/protocol.ts';
import { router, signedIn } from '../procedures.ts';

export const membersRouter = router({
  search: signedIn.input(SearchMembers).query(({ ctx, input }) => ctx.store.people(ctx.me.id, input)),

  remove: signedIn
    .input(RemoveMember)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'remove-member', author: ctx.me.id, ...input })),

  setRole: signedIn
    .input(SetRole)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-role', author: ctx.me.id, ...input })),
});
