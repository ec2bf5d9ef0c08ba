import { channelNameLimit, channelTopicLimit } from '../../../shared/limits.ts';
import { ChannelInput, CreateChannel, MarkRead } from '../../../shared/protocol.ts';
import { faultInName } from '../../../shared/text-rules.ts';
import { overSocket, router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

export const channelsRouter = router({
  /** Every channel that I may join or am in. */
  directory: signedIn.query(({ ctx }) => ctx.store.directory(ctx.me.id)),

  create: signedIn.input(CreateChannel).mutation(({ ctx, input }) => {
    const topicFault = input.topic === '' ? undefined : faultInName(input.topic, channelTopicLimit);
    if (faultInName(input.name, channelNameLimit) !== undefined || topicFault !== undefined)
      throw new Refusal('channel-name-invalid', { limit: channelNameLimit });
    return ctx.store.write({ kind: 'create-channel', author: ctx.me.id, ...input, name: input.name.trim() });
  }),

  join: signedIn
    .input(ChannelInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'join-channel', member: ctx.me.id, ...input })),

  leave: signedIn
    .input(ChannelInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'leave-channel', member: ctx.me.id, ...input })),

  markRead: signedIn
    .input(MarkRead)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'mark-read', member: ctx.me.id, ...input })),

  /** For others to see now; a page says so again every few seconds while it lasts. */
  typing: overSocket.input(ChannelInput).mutation(({ ctx, input }) => {
    ctx.socket.typing(input.channel);
    return null;
  }),
});
