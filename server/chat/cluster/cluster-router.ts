import { z } from 'zod';
import { ChannelInput, ClientId } from '../../../shared/protocol.ts';
import { FiguresInput } from '../../../shared/replica-figures.ts';
import { mintSession } from '../identity/session-secret.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

/** For the owner and admins, as they are now: a connection may have been opened under another role. */
const administrator = signedIn.use(async ({ ctx, next }) => {
  const role = await ctx.store.role(ctx.me.id);
  if (role !== 'owner' && role !== 'admin') throw new Refusal('not-allowed');
  return next();
});

const virtualMembers = 6;
const labLastsMs = 30 * 60_000;

/** The lab is the owner's alone, where it is on, and over HTTP, as a ticket is. */
const labOwner = signedIn.use(async ({ ctx, next }) => {
  if (ctx.over.kind !== 'http') throw new Refusal('bad-request');
  const mayOpen = ctx.over.lab && (await ctx.store.role(ctx.me.id)) === 'owner';
  if (!mayOpen) throw new Refusal('not-allowed');
  return next({ ctx: { signTicket: ctx.over.signTicket } });
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

  /** Lets the owner give the lab's orders for a few minutes; refused where there is no lab. */
  labTicket: labOwner.query(({ ctx }) => ctx.signTicket({ for: 'lab', holder: `member ${ctx.me.id}` })),

  /** The channel that is thrown away afterwards, and the sessions of those who write there. */
  openLab: labOwner.input(z.object({ clientId: ClientId })).mutation(async ({ ctx, input }) => {
    const minted = Array.from({ length: virtualMembers }, () => mintSession());
    const until = Date.now() + labLastsMs;
    const sessions = minted.map(({ secretHash }) => ({ secretHash, expiresAt: until }));
    const lab = { kind: 'open-lab', author: ctx.me.id, clientId: input.clientId, until, sessions } as const;
    const { channel, members } = await ctx.store.write(lab);
    return {
      channel,
      // Without TLS, as the setting has it.
      members: members.map((id, index) => ({ id, name: `Lab ${index + 1}`, cookie: `ronda=${minted[index]?.secret}` })),
    };
  }),

  closeLab: labOwner
    .input(ChannelInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'close-lab', author: ctx.me.id, channel: input.channel })),
});
