import { memo } from 'react';
import { MarkdownView } from '../markdown/markdown-view.tsx';
import { isEmojiOnly } from './emoji-only.ts';

/** Drawn once for as long as the text stays the same. */
export const MessageText = memo(function MessageText({ text }: { text: string }) {
  return isEmojiOnly(text) ? (
    <p className="message-text" data-large>
      {text}
    </p>
  ) : (
    <div className="message-text">
      <MarkdownView text={text} />
    </div>
  );
});
