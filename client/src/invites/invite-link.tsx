import { useEffect, useRef } from 'react';
import { useMorePhrases } from '../language/use-phrases.ts';
import { CopyButton } from './copy-button.tsx';

export function linkOf(code: string): string {
  return `${location.origin}/join/${code}`;
}

/** The link just made, ready to be copied. */
export function InviteLink({ code }: { code: string }) {
  const { invites } = useMorePhrases();
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new link is selected
  useEffect(() => input.current?.select(), [code]);
  return (
    <div className="invite-link">
      <input
        ref={input}
        className="input"
        readOnly
        aria-label={invites.newLink}
        value={linkOf(code)}
        onFocus={(event) => event.target.select()}
      />
      <CopyButton key={code} text={linkOf(code)} primary />
    </div>
  );
}
