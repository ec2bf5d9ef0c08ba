import type { Message } from '../../../shared/protocol.ts';
import { copyText } from '../design/copy-text.ts';
import type { IconName } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { mayDelete, useMessageActions } from './message-actions.ts';

export type MenuItem = { icon: IconName; label: string; danger?: boolean; act(): void };

/** What I may do with a message, in the order in which the menu has it. */
export function useMessageMenuItems(message: Message): MenuItem[] {
  const { messages, threads, actions } = usePhrases();
  const { me, editing, open, say, openThread } = useMessageActions();
  const copy = async (text: string, done: string) => say((await copyText(text)) ? done : messages.copyFailed);
  const items: MenuItem[] = [
    { icon: 'copy', label: messages.copyText, act: () => void copy(message.text, messages.textCopied) },
    { icon: 'link', label: messages.copyLink, act: () => void copy(permalink(message), messages.linkCopied) },
    { icon: 'info', label: messages.details, act: () => open({ kind: 'details', message }) },
  ];
  if (openThread)
    items.unshift({
      icon: 'thread',
      label: threads.replyInThread,
      act: () => openThread(message.thread ?? message.id),
    });
  if (message.author === me.id)
    items.unshift({ icon: 'edit', label: messages.edit, act: () => editing.set(message.id) });
  if (mayDelete(me, message))
    items.push({ icon: 'trash', label: actions.delete, danger: true, act: () => open({ kind: 'delete', message }) });
  return items;
}

function permalink({ channel, id }: Message): string {
  return `${location.origin}/c/${channel}/m/${id}`;
}
