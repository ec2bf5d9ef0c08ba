import { usePhrases } from '../language/use-phrases.ts';

type Announced = { id: number; author: string; text: string };

/** Says a new message to whoever can't see it arrive: author and text, once. */
export function Announcer({ latest }: { latest: Announced | undefined }) {
  const { messages } = usePhrases();
  return (
    <div className="unseen" aria-live="polite" aria-atomic="true">
      {latest && <span key={latest.id}>{messages.announcement(latest.author, latest.text.slice(0, 300))}</span>}
    </div>
  );
}
