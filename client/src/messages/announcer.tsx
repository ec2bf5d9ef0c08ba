import { useState } from 'react';
import type { LogEvent } from '../../../shared/protocol.ts';
import { FilesMark } from '../files/later-files.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { spokenText } from '../markdown/spoken-text.ts';

type AnnouncerProps = { posted: Extract<LogEvent, { kind: 'message-posted' }> | undefined };

/** Says a new message to whoever can't see it arrive: author and text, once. One from before it opened isn't new. */
export function Announcer({ posted }: AnnouncerProps) {
  const { messages, markdown } = usePhrases();
  const [before] = useState(posted);
  return (
    <div className="unseen" aria-live="polite" aria-atomic="true">
      {posted && posted !== before && (
        <span key={posted.seq}>
          {messages.announcement(posted.author.name, spokenText(posted.message.text, markdown))}{' '}
          {posted.message.attachments && <FilesMark files={posted.message.attachments} />}
        </span>
      )}
    </div>
  );
}
