import { DraftPlace, SetDraft } from '../../../shared/protocol.ts';
import { faultInDraft } from '../../../shared/text-rules.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

/** What one has begun to write, for one's other devices. */
export const draftsRouter = router({
  list: signedIn.query(({ ctx }) => ctx.store.drafts(ctx.me.id)),

  one: signedIn.input(DraftPlace).query(async ({ ctx, input }) => {
    const [draft] = await ctx.store.drafts(ctx.me.id, input);
    return draft ?? null;
  }),

  set: signedIn.input(SetDraft).mutation(({ ctx, input: { age, ...draft } }) => {
    if (faultInDraft(draft.text)) throw new Refusal('message-not-text');
    return ctx.store.write({ kind: 'set-draft', member: ctx.me.id, ...draft, at: Date.now() - age });
  }),
});
