import { Icon } from '../design/icon.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import './mentions.css';

/** Above the channels: how many unread messages call me, and the way to all that do. */
export function MentionsButton({ unread, onOpen }: { unread: number; onOpen(): void }) {
  const { mentions } = usePhrases();
  const formats = useFormats();
  const label = unread > 0 ? `${mentions.title}, ${mentions.unread(unread)}` : mentions.title;
  return (
    <button type="button" className="mentions-link" aria-label={label} onClick={onOpen}>
      <Icon name="at" />
      <span>{mentions.title}</span>
      {unread > 0 && (
        <span className="channel-badge" data-kind="mentions">
          {formats.number(unread)}
        </span>
      )}
    </button>
  );
}
