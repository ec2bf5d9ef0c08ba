import { randomBytes } from 'node:crypto';
import { CreateInvite, RevokeInvite } from '../../../shared/protocol.ts';
import { router, signedIn } from '../procedures.ts';

const day = 86_400_000;

export const invitesRouter = router({
  list: signedIn.query(({ ctx }) => ctx.store.invites(ctx.me.id)),

  create: signedIn.input(CreateInvite).mutation(({ ctx, input: { validForDays, ...input } }) =>
    ctx.store.write({
      kind: 'create-invite',
      author: ctx.me.id,
      ...input,
      code: randomBytes(16).toString('base64url'),
      expiresAt: Date.now() + validForDays * day,
    }),
  ),

  revoke: signedIn
    .input(RevokeInvite)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'revoke-invite', author: ctx.me.id, ...input })),
});
