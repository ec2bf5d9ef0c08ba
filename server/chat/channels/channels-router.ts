import { channelDescriptionLimit, channelNameLimit, channelTopicLimit } from '../../../shared/limits.ts';
import {
  AddPeople,
  ChangeChannel,
  ChannelInput,
  CreateChannel,
  MarkAllRead,
  MarkRead,
  MarkUnread,
  OpenDirect,
  RemovePerson,
  SetMembership,
  SetOwner,
  TypingInput,
} from '../../../shared/protocol.ts';
import { faultInMessage, faultInName } from '../../../shared/text-rules.ts';
import { overSocket, router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

export const channelsRouter = router({
  /** Every channel that I may join or am in. */
  directory: signedIn.query(({ ctx }) => ctx.store.directory(ctx.me.id)),

  create: signedIn.input(CreateChannel).mutation(({ ctx, input }) => {
    checkWords(input);
    return ctx.store.write({ kind: 'create-channel', author: ctx.me.id, ...input, name: input.name.trim() });
  }),

  change: signedIn.input(ChangeChannel).mutation(({ ctx, input }) => {
    checkWords(input);
    return ctx.store.write({ kind: 'change-channel', author: ctx.me.id, ...input, name: input.name?.trim() });
  }),

  addPeople: signedIn
    .input(AddPeople)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'add-people', author: ctx.me.id, ...input })),

  removePerson: signedIn
    .input(RemovePerson)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'remove-person', author: ctx.me.id, ...input })),

  setOwner: signedIn
    .input(SetOwner)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-owner', author: ctx.me.id, ...input })),

  /** The conversation between me and these people, made where there is none. */
  openDirect: signedIn
    .input(OpenDirect)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'open-direct', author: ctx.me.id, ...input })),

  setMembership: signedIn
    .input(SetMembership)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-membership', member: ctx.me.id, ...input })),

  join: signedIn
    .input(ChannelInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'join-channel', member: ctx.me.id, ...input })),

  leave: signedIn
    .input(ChannelInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'leave-channel', member: ctx.me.id, ...input })),

  markRead: signedIn
    .input(MarkRead)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'mark-read', member: ctx.me.id, ...input })),

  markUnread: signedIn
    .input(MarkUnread)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'mark-unread', member: ctx.me.id, ...input })),

  markAllRead: signedIn
    .input(MarkAllRead)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'mark-all-read', member: ctx.me.id, ...input })),

  /** For others to see now; a page says so again every few seconds while it lasts. */
  typing: overSocket.input(TypingInput).mutation(({ ctx, input }) => {
    ctx.socket.typing(input);
    return null;
  }),
});

type Words = { name?: string | undefined; topic?: string | undefined; description?: string | undefined };

function checkWords({ name, topic, description }: Words): void {
  if (name !== undefined && faultInName(name, channelNameLimit) !== undefined)
    throw new Refusal('channel-name-invalid', { limit: channelNameLimit });
  if (topic && faultInName(topic, channelTopicLimit) !== undefined)
    throw new Refusal('channel-text-invalid', { limit: channelTopicLimit });
  if (description && (faultInMessage(description) !== undefined || description.length > channelDescriptionLimit))
    throw new Refusal('channel-text-invalid', { limit: channelDescriptionLimit });
}
