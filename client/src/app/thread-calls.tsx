import { useQuery } from '@tanstack/react-query';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useSession } from './session-context.tsx';
import { threadListQuery } from './thread-queries.ts';

/** How many unread replies in threads of a channel call me, and the way to those that were answered last. */
export function ThreadCalls({ channel, openThread }: { channel: number; openThread(root: number): void }) {
  const { threadPane } = useMorePhrases();
  const { data } = useQuery(threadListQuery(useSession()));
  const calling = (data?.threads ?? []).filter((thread) => thread.channel === channel && thread.mentions > 0);
  const [newest] = calling.toSorted((a, b) => b.lastAt - a.lastAt);
  if (newest === undefined) return null;
  return (
    <button type="button" className="place-pill" onClick={() => openThread(newest.root)}>
      <Icon name="thread" />
      {threadPane.calls(calling.reduce((sum, { mentions }) => sum + mentions, 0))}
    </button>
  );
}
