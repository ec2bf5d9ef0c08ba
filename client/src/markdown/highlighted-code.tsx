import type { ReactNode } from 'react';
import type { Highlighted } from './highlight.ts';

export function HighlightedCode({ parts }: { parts: Highlighted }): ReactNode {
  return parts.map((part, index) =>
    part.type === 'element' ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move
      <span key={index} className={(part.properties.className as string[] | undefined)?.join(' ')}>
        <HighlightedCode parts={part.children} />
      </span>
    ) : part.type === 'text' ? (
      part.value
    ) : null,
  );
}
