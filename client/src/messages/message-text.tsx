import { memo } from 'react';
import type { Mentions } from '../../../shared/protocol.ts';
import { MarkdownView } from '../markdown/markdown-view.tsx';
import { isEmojiOnly } from './emoji-only.ts';
import { useMessageActions } from './message-actions.ts';

/** Drawn once for as long as the text stays the same. */
export const MessageText = memo(function MessageText({
  text,
  mentions,
  mine = false,
}: {
  text: string;
  mentions?: Mentions | undefined;
  /** I wrote it: it calls me by nothing. */
  mine?: boolean;
}) {
  const { me, nameOf } = useMessageActions();
  return isEmojiOnly(text) ? (
    <p className="message-text" data-large>
      {text}
    </p>
  ) : (
    <div className="message-text">
      <MarkdownView text={text} mentions={mentions} me={mine ? 0 : me.id} nameOf={nameOf} />
    </div>
  );
});
