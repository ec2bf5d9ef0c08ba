import { memo } from 'react';
import { autolink } from './autolink.ts';
import { isEmojiOnly } from './emoji-only.ts';

/** Plain text with its line breaks; only web addresses become links. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return (
    <div className="message-text" dir="auto" data-large={isEmojiOnly(text) || undefined}>
      {autolink(text).map((part, index) =>
        part.href === undefined ? (
          part.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            <bdi>{part.text}</bdi>
          </a>
        ),
      )}
    </div>
  );
});
