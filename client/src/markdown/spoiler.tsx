import { type ReactNode, useState } from 'react';
import { usePhrases } from '../language/use-phrases.ts';

/** Hidden from eye and ear until it is asked for; it takes its whole place all the time, so that nothing moves. */
export function Spoiler({ children }: { children: ReactNode }) {
  const { markdown } = usePhrases();
  const [shown, setShown] = useState(false);
  if (shown) return <span className="spoiler">{children}</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a button would not break over lines as text does
    <span
      className="spoiler"
      data-hidden
      role="button"
      tabIndex={0}
      aria-label={markdown.showSpoiler}
      title={markdown.showSpoiler}
      onClick={(event) => {
        event.preventDefault();
        setShown(true);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        setShown(true);
      }}
    >
      <span inert>{children}</span>
    </span>
  );
}
