import type { Message } from '../../../shared/protocol.ts';
import { copyText } from '../design/copy-text.ts';
import type { IconName } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { mayDelete, useMessageActions } from './message-actions.ts';

export type MenuItem = { icon: IconName; label: string; danger?: boolean; act(): void };

/** What I may do with a message, in the order in which the menu has it. */
export function useMessageMenuItems(message: Message): MenuItem[] {
  const { messages, mentions, threads, actions } = usePhrases();
  const { me, calls, kept, quoting, editing, open, say, openThread, forward } = useMessageActions();
  const explain = useExplain();
  const attempt = (call: Promise<unknown>) => void call.catch((error: unknown) => say(explain(error)));
  const copy = async (text: string, done: string) => say((await copyText(text)) ? done : messages.copyFailed);
  const pinned = kept.pinned.has(message.id);
  const saved = kept.saved.has(message.id);

  const markUnread = () =>
    calls.markUnread(message).then(
      () => say(mentions.markedUnread),
      (error: unknown) => say(explain(error)),
    );

  const items: (MenuItem | false | undefined)[] = [
    message.author === me.id && { icon: 'edit', label: messages.edit, act: () => editing.set(message.id) },
    quoting && { icon: 'reply', label: messages.reply, act: () => quoting.set(message) },
    openThread && {
      icon: 'thread',
      label: threads.replyInThread,
      act: () => openThread(message.thread ?? message.id),
    },
    { icon: 'forward', label: messages.forward, act: () => forward(message) },
    {
      icon: 'bookmark',
      label: saved ? messages.unsave : messages.save,
      act: () => attempt(calls.save(message.id, !saved)),
    },
    me.role !== 'guest' && {
      icon: 'pin',
      label: pinned ? messages.unpin : messages.pin,
      act: () => attempt(calls.pin(message.id, !pinned)),
    },
    message.text !== '' && {
      icon: 'copy',
      label: messages.copyText,
      act: () => void copy(message.text, messages.textCopied),
    },
    // Held down, the text opens this menu.
    message.text !== '' &&
      matchMedia('(hover: none)').matches && {
        icon: 'format',
        label: messages.selectText,
        act: () => open({ kind: 'text', message }),
      },
    { icon: 'link', label: messages.copyLink, act: () => void copy(permalink(message), messages.linkCopied) },
    // A reply that is in its thread alone has no place in the channel.
    message.number > 0 && { icon: 'unread', label: mentions.markUnread, act: () => void markUnread() },
    { icon: 'info', label: messages.details, act: () => open({ kind: 'details', message }) },
    mayDelete(me, message) && {
      icon: 'trash',
      label: actions.delete,
      danger: true,
      act: () => open({ kind: 'delete', message }),
    },
  ];
  return items.filter((item) => item !== false && item !== undefined);
}

/** A reply that is in its thread alone is found there. */
function permalink({ channel, id, number, thread }: Message): string {
  const place = number === 0 && thread !== undefined ? `${thread}?thread=${thread}` : id;
  return `${location.origin}/c/${channel}/m/${place}`;
}
