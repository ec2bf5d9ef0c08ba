import { useEffect, useState } from 'react';
import { Button } from '../design/button.tsx';
import { copyText } from '../design/copy-text.ts';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import './copying.css';

const copiedShownMs = 3_000;

type CopyButtonProps = { text: string; label?: string; primary?: boolean };

export function CopyButton({ text, label, primary = false }: CopyButtonProps) {
  const { actions } = useMorePhrases();
  const [result, setResult] = useState<'copied' | 'failed'>();
  const copy = async () => setResult((await copyText(text)) ? 'copied' : 'failed');
  const copied = result === 'copied';

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setResult(undefined), copiedShownMs);
    return () => clearTimeout(timer);
  }, [copied]);

  return (
    <>
      <Button
        kind={primary ? 'primary' : 'quiet'}
        size={primary ? undefined : 'small'}
        aria-label={label}
        onClick={() => void copy()}
      >
        <Icon name={copied ? 'check' : 'copy'} />
        <span className="copy-words">
          <span data-shown={!copied}>{actions.copy}</span>
          <span data-shown={copied}>{actions.copied}</span>
        </span>
      </Button>
      {/* Outside of the button, which hides from screen readers that anything inside of it is a status. */}
      <span className="unseen" role="status">
        {copied && actions.copied}
      </span>
      {result === 'failed' && <span role="alert">{actions.copyFailed}</span>}
    </>
  );
}
