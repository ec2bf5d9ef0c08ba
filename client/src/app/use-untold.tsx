import { type ReactNode, useState } from 'react';
import type { JoinedChannel, Person } from '../../../shared/protocol.ts';
import { later } from '../design/later.tsx';
import { withPhrases } from '../loading/with-phrases.ts';

const Untold = later(withPhrases(async () => (await import('./untold.tsx')).Untold));

/** `wrote` is told each text that was sent; `line` says whom it didn't reach, until the next one. */
export function useUntold(channel: JoinedChannel, me: Person): { wrote(text: string): void; line: ReactNode } {
  const [said, setSaid] = useState({ text: '', round: 0 });
  return {
    wrote: (text) => setSaid(({ round }) => ({ text, round: round + 1 })),
    line: said.text.includes('@') && (
      <Untold
        key={said.round}
        channel={channel}
        me={me}
        text={said.text}
        onClose={() => setSaid({ ...said, text: '' })}
      />
    ),
  };
}
