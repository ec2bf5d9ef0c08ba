import { useEffect, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';
import './copying.css';

/** A link just made, ready to be copied. */
export function LinkToCopy({ link, label }: { link: string; label: string }) {
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new link is selected
  useEffect(() => input.current?.select(), [link]);
  return (
    <div className="link-to-copy">
      <input
        ref={input}
        className="input"
        readOnly
        aria-label={label}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton key={link} text={link} primary />
    </div>
  );
}
