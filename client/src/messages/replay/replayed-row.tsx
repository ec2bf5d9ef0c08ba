import { useFormats, useMorePhrases } from '../../language/use-phrases.ts';
import type { ReplayedMessage } from './replay-state.ts';

/** One message as it stood then: its words as they were typed, who took it, and its place in the log. */
export function ReplayedRow({ message }: { message: ReplayedMessage }) {
  const { replay } = useMorePhrases();
  const formats = useFormats();
  const { id, author, at, replica, text, files, edited, gone, reactions } = message;
  return (
    <li data-gone={gone}>
      <p className="replay-about">
        <strong>{author}</strong> <time dateTime={new Date(at).toISOString()}>{formats.time(at)}</time>{' '}
        <span>{replay.accepted(`#${id}`, replica)}</span>
        {edited && <span> · {replay.edited}</span>}
      </p>
      <p className="replay-text" dir="auto">
        {gone ? replay.gone : [text, ...files].filter((part) => part !== '').join('\n')}
      </p>
      {reactions.size > 0 && (
        <p className="replay-about">
          {[...reactions].map(([emoji, members]) => `${emoji} ${formats.number(members.size)}`).join('  ')}
        </p>
      )}
    </li>
  );
}
