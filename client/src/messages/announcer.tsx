import { usePhrases } from '../language/use-phrases.ts';
import { spokenText } from '../markdown/spoken-text.ts';

type Announced = { id: number; author: string; text: string };

/** Says a new message to whoever can't see it arrive: author and text, once. */
export function Announcer({ latest }: { latest: Announced | undefined }) {
  const { messages, markdown } = usePhrases();
  return (
    <div className="unseen" aria-live="polite" aria-atomic="true">
      {latest && <span key={latest.id}>{messages.announcement(latest.author, spokenText(latest.text, markdown))}</span>}
    </div>
  );
}
