import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../design/button.tsx';
import { copyText } from '../design/copy-text.ts';
import { usePhrases } from '../language/use-phrases.ts';
import type { Highlighted } from './highlight.ts';
import { HighlightedCode } from './highlighted-code.tsx';

const copiedShownMs = 2_000;

/** Its colours come once it is in view; they change no size. */
export function CodeBlock({ text, language }: { text: string; language: string }) {
  const { actions, markdown } = usePhrases();
  const block = useRef<HTMLElement>(null);
  const [highlighted, setHighlighted] = useState<Highlighted>();
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (language === '' || block.current === null) return;
    let current = true;
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return;
      observer.disconnect();
      import('./highlight.ts').then(
        ({ highlight }) => {
          if (current) setHighlighted(highlight(text, language));
        },
        // Without a connection it stays as it is.
        () => undefined,
      );
    });
    observer.observe(block.current);
    return () => {
      current = false;
      observer.disconnect();
    };
  }, [text, language]);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedShownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <figure className="code-block" ref={block} dir="ltr" aria-label={markdown.code}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <pre tabIndex={0}>
        <code>{highlighted === undefined ? text : <HighlightedCode parts={highlighted} />}</code>
      </pre>
      <IconButton
        icon={copied ? 'check' : 'copy'}
        label={markdown.copyCode}
        onClick={() => void copyText(text).then(setCopied)}
      />
      <span className="unseen" role="status">
        {copied && actions.copied}
      </span>
    </figure>
  );
}
