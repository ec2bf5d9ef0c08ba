import { messageTextLimit } from '../../../shared/limits.ts';
import { mentionsMany } from '../../../shared/mentions.ts';
import {
  ChannelInput,
  EditMessage,
  ForwardMessage,
  KeepMessage,
  MentionsInput,
  MessageInput,
  PageInput,
  PicturesInput,
  SendMessage,
  SetReaction,
  StretchInput,
} from '../../../shared/protocol.ts';
import { faultInMessage, isEmoji } from '../../../shared/text-rules.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';

export const messagesRouter = router({
  page: signedIn.input(PageInput).query(({ ctx, input }) => ctx.store.page(ctx.me.id, input)),

  /** A channel's pictures, from one message on in either direction. */
  pictures: signedIn.input(PicturesInput).query(({ ctx, input }) => ctx.store.pictures(ctx.me.id, input)),

  /** What happened in a channel, event by event. */
  stretch: signedIn.input(StretchInput).query(({ ctx, input }) => ctx.store.stretch(ctx.me.id, input)),

  /** Sent again with the same client id, it exists once and the answer is the first one's. */
  send: signedIn.input(SendMessage).mutation(({ ctx, input }) => {
    const { thread, toChannel = false, quotes, attachments = [], ...post } = input;
    if (thread !== undefined && quotes !== undefined) throw new Refusal('bad-request'); // a quote stands in the channel
    requireText(input.text, attachments.length > 0);
    const online = mentionsMany(input.text) ? ctx.presence.toldAll().online : [];
    if (quotes !== undefined)
      return ctx.store.write({ kind: 'post-quote', author: ctx.me.id, ...post, online, quotes, attachments });
    if (thread !== undefined)
      return ctx.store.write({
        kind: 'post-reply',
        author: ctx.me.id,
        ...post,
        online,
        thread,
        toChannel,
        attachments,
      });
    return attachments.length > 0
      ? ctx.store.write({ kind: 'post-files', author: ctx.me.id, ...post, online, attachments })
      : ctx.store.write({ kind: 'post-message', author: ctx.me.id, ...post, online });
  }),

  /** Again in another channel, with whose words they are; once by its client id, like any message. */
  forward: signedIn
    .input(ForwardMessage)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'forward-message', author: ctx.me.id, ...input })),

  one: signedIn.input(MessageInput).query(({ ctx, input }) => ctx.store.message(ctx.me.id, input.message)),

  pin: signedIn
    .input(KeepMessage)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-pin', member: ctx.me.id, ...input })),
  pins: signedIn.input(ChannelInput).query(({ ctx, input }) => ctx.store.pins(ctx.me.id, input.channel)),

  save: signedIn
    .input(KeepMessage)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'set-saved', member: ctx.me.id, ...input })),
  saved: signedIn.query(({ ctx }) => ctx.store.saved(ctx.me.id)),

  edit: signedIn.input(EditMessage).mutation(({ ctx, input }) => {
    requireText(input.text, true); // where it carries files
    return ctx.store.write({ kind: 'edit-message', member: ctx.me.id, ...input });
  }),

  /** What mentions me, newest first. */
  mentions: signedIn.input(MentionsInput).query(({ ctx, input }) => ctx.store.mentions(ctx.me.id, input)),

  /** What an edited message said before. */
  versions: signedIn.input(MessageInput).query(({ ctx, input }) => ctx.store.versions(ctx.me.id, input.message)),

  delete: signedIn
    .input(MessageInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'delete-message', member: ctx.me.id, ...input })),

  /** Of one's own message, for good. */
  removePreview: signedIn
    .input(MessageInput)
    .mutation(({ ctx, input }) => ctx.store.write({ kind: 'remove-preview', member: ctx.me.id, ...input })),

  react: signedIn.input(SetReaction).mutation(({ ctx, input }) => {
    if (!isEmoji(input.emoji)) throw new Refusal('reaction-not-emoji');
    return ctx.store.write({ kind: 'set-reaction', member: ctx.me.id, ...input });
  }),
});

function requireText(text: string, mayBeEmpty = false): void {
  const fault = faultInMessage(text);
  if (fault !== undefined && !(fault === 'empty' && mayBeEmpty))
    throw new Refusal(`message-${fault}`, fault === 'too-long' ? { limit: messageTextLimit } : {});
}
