import { useMemo } from 'react';
import type { MessageCalls } from '../messages/message-actions.ts';
import type { Session } from './session.ts';

export function useMessageCalls({ ask: { messages, channels }, arrivals }: Session): MessageCalls {
  return useMemo(
    () => ({
      edit: (message, text) => messages.edit.mutate({ message, text }),
      remove: (message) => messages.delete.mutate({ message }),
      react: (message, emoji, on) => messages.react.mutate({ message, emoji, on }),
      removePreview: (message) => messages.removePreview.mutate({ message }),
      pin: (message, on) => messages.pin.mutate({ message, on }),
      save: (message, on) => messages.save.mutate({ message, on }),
      markUnread: ({ channel, number }) => channels.markUnread.mutate({ channel, number }),
      arrival: arrivals.of,
      versions: (message) => messages.versions.query({ message }),
    }),
    [messages, channels, arrivals],
  );
}
