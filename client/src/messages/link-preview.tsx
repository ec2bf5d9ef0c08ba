import type { Message } from '../../../shared/protocol.ts';
import { IconButton } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { useMessageActions } from './message-actions.ts';
import './link-preview.css';

/** Where a message's link leads, in the page's own words; its author can take it away. */
export function LinkPreviewCard({ message }: { message: Message }) {
  const { messages } = usePhrases();
  const explain = useExplain();
  const { me, calls, say } = useMessageActions();
  const { preview } = message;
  if (preview === undefined) return null;
  const { url, title, description, site } = preview;
  const { host } = new URL(url);
  return (
    <div className="link-preview">
      <a href={url} target="_blank" rel="noopener noreferrer nofollow">
        <small>
          {site !== undefined && site.toLowerCase() !== host && <bdi>{site} · </bdi>}
          <bdi>{host}</bdi>
        </small>
        <strong dir="auto">{title}</strong>
        {description !== undefined && <span dir="auto">{description}</span>}
      </a>
      {message.author === me.id && (
        <IconButton
          icon="close"
          label={messages.removePreview}
          onClick={() => void calls.removePreview(message.id).catch((error: unknown) => say(explain(error)))}
        />
      )}
    </div>
  );
}
