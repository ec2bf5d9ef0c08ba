import { messageTextLimit } from '../../../shared/limits.ts';
import { PageInput, SendMessage } from '../../../shared/protocol.ts';
import { faultInMessage } from '../../../shared/text-rules.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

export const messagesRouter = router({
  page: signedIn.input(PageInput).query(({ ctx, input }) => ctx.store.page(ctx.me.id, input)),

  /** Sent again with the same client id, it exists once and the answer is the first one's. */
  send: signedIn.input(SendMessage).mutation(({ ctx, input }) => {
    const fault = faultInMessage(input.text);
    if (fault !== undefined)
      throw new Refusal(`message-${fault}`, fault === 'too-long' ? { limit: messageTextLimit } : {});
    return ctx.store.write({ kind: 'post-message', author: ctx.me.id, ...input });
  }),
});
