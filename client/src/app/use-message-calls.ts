import { useMemo } from 'react';
import { until } from '../cell.ts';
import { isOnline } from '../connection/connection-state.ts';
import type { MessageCalls } from '../messages/message-actions.ts';
import type { MessageChange } from '../messages/outbox.ts';
import type { Session } from './session.ts';

const patienceMs = 5_000;

/** Without a connection, what one may take back later waits in the outbox; all else says that nobody answers. */
export function useMessageCalls({ ask, arrivals, follower, outbox }: Session): MessageCalls {
  return useMemo(() => {
    const { messages, channels } = ask;
    const online = () => isOnline(follower.state.get());
    const orQueued = <T>(
      message: Parameters<typeof outbox.change>[0],
      change: MessageChange,
      call: () => Promise<T>,
    ) => (online() ? call() : Promise.resolve(outbox.change(message, change)));
    const soon = async <T>(call: () => Promise<T>): Promise<T> => {
      const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('No answer')), patienceMs));
      await Promise.race([until(follower.state, isOnline), late]);
      return call();
    };
    return {
      edit: (message, text) =>
        orQueued(message, { kind: 'edit', text }, () => messages.edit.mutate({ message: message.id, text })),
      remove: (message) => orQueued(message, { kind: 'delete' }, () => messages.delete.mutate({ message: message.id })),
      react: (message, emoji, on) =>
        orQueued(message, { kind: 'react', emoji, on }, () =>
          messages.react.mutate({ message: message.id, emoji, on }),
        ),
      removePreview: (message) => soon(() => messages.removePreview.mutate({ message })),
      pin: (message, on) => soon(() => messages.pin.mutate({ message, on })),
      save: (message, on) => soon(() => messages.save.mutate({ message, on })),
      markUnread: ({ channel, number }) => soon(() => channels.markUnread.mutate({ channel, number })),
      arrival: arrivals.of,
      stretch: (channel, after) => soon(() => messages.stretch.query({ channel, after })),
      pictures: (channel, from, older) => messages.pictures.query({ channel, from, older }),
      versions: (message) => soon(() => messages.versions.query({ message })),
    };
  }, [ask, arrivals, follower, outbox]);
}
