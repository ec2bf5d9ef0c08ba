import { useMemo } from 'react';
import type { MessageCalls } from '../messages/message-actions.ts';
import type { Ask } from '../wire/ask.ts';

export function useMessageCalls({ messages, channels }: Ask): MessageCalls {
  return useMemo(
    () => ({
      edit: (message, text) => messages.edit.mutate({ message, text }),
      remove: (message) => messages.delete.mutate({ message }),
      react: (message, emoji, on) => messages.react.mutate({ message, emoji, on }),
      removePreview: (message) => messages.removePreview.mutate({ message }),
      pin: (message, on) => messages.pin.mutate({ message, on }),
      save: (message, on) => messages.save.mutate({ message, on }),
      markUnread: ({ channel, number }) => channels.markUnread.mutate({ channel, number }),
      versions: (message) => messages.versions.query({ message }),
    }),
    [messages, channels],
  );
}
