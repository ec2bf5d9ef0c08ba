import { Icon } from '../design/icon.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';

/** Above the channels: how many unread messages call me, and the way to all that do. */
export function MentionsButton({ unread, onOpen }: { unread: number; onOpen(): void }) {
  const { mentions } = usePhrases();
  const formats = useFormats();
  const label = unread > 0 ? `${mentions.title}, ${mentions.unread(unread)}` : mentions.title;
  return (
    <button type="button" aria-label={label} data-unread={unread > 0} onClick={onOpen}>
      <Icon name="at" />
      <span className="channel-name">{mentions.title}</span>
      {unread > 0 && (
        <span className="channel-badge" data-kind="mentions">
          {formats.number(unread)}
        </span>
      )}
    </button>
  );
}
