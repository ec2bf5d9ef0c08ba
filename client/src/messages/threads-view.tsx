import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { FollowedThread, ThreadList } from '../../../shared/protocol.ts';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import './threads.css';

const step = 20;

type ThreadsViewProps = { query: UseQueryResult<ThreadList>; card(thread: FollowedThread): ReactNode };

/** The threads that I follow: those with something new first, then the last answered. */
export function ThreadsView({ query, card }: ThreadsViewProps) {
  const { actions, opening, threadPane } = useMorePhrases();
  const explain = useExplain();
  const [shown, setShown] = useState(step);
  if (query.data === undefined)
    return query.isError ? (
      <Blank title={threadPane.failed}>
        <p role="alert">{explain(query.error)}</p>
        <Button onClick={() => void query.refetch()}>{actions.retry}</Button>
      </Blank>
    ) : (
      <Blank title={opening} turning />
    );
  if (query.data.threads.length === 0)
    return (
      <Blank title={threadPane.noneTitle}>
        <p>{threadPane.noneText}</p>
      </Blank>
    );
  const sorted = query.data.threads.toSorted(
    (a, b) => Number(isUnread(b)) - Number(isUnread(a)) || b.lastAt - a.lastAt || b.root - a.root,
  );
  return (
    <div className="threads">
      <ul>
        {sorted.slice(0, shown).map((thread) => (
          <li key={thread.root}>{card(thread)}</li>
        ))}
      </ul>
      {sorted.length > shown && <Button onClick={() => setShown(shown + step)}>{threadPane.more}</Button>}
    </div>
  );
}

function isUnread({ lastNumber, readNumber }: FollowedThread): boolean {
  return lastNumber > readNumber;
}
