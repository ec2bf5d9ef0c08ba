import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { unreadThreads } from '../messages/thread-list.ts';
import { useSession } from './session-context.tsx';
import { threadListQuery } from './thread-queries.ts';

/** In the sidebar, with how many of my threads have something new. */
export function ThreadsLink({ current, onChoose }: { current: boolean; onChoose(): void }) {
  const { threads } = usePhrases();
  const { data } = useQuery(threadListQuery(useSession()));
  const unread = data ? unreadThreads(data) : 0;
  return (
    <Link href="/threads" aria-current={current ? 'page' : undefined} data-unread={unread > 0} onClick={onChoose}>
      <Icon name="thread" />
      <span className="channel-name">{threads.listTitle}</span>
      {unread > 0 && (
        <span className="channel-badge">
          <span aria-hidden="true">{unread}</span>
          <span className="unseen">{threads.withNew(unread)}</span>
        </span>
      )}
    </Link>
  );
}
