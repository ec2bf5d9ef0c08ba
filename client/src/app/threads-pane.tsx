import { useQuery } from '@tanstack/react-query';
import type { FollowedThread } from '../../../shared/protocol.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { ThreadCard } from '../messages/thread-card.tsx';
import { ThreadsView } from '../messages/threads-view.tsx';
import { placeName } from '../place-name.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { DrawerButton } from './drawer-button.tsx';
import { useSession } from './session-context.tsx';
import { threadListQuery, threadQuery } from './thread-queries.ts';

/** All threads that I follow, in the place of a channel. */
export function ThreadsPane({ workspace, openDrawer }: { workspace: WorkspaceData; openDrawer(): void }) {
  const session = useSession();
  const { threads } = usePhrases();
  const query = useQuery(threadListQuery(session));
  return (
    <>
      <header className="channel-header">
        <DrawerButton channels={workspace.channels} onOpen={openDrawer} />
        <div className="channel-title">
          <h1>{threads.listTitle}</h1>
        </div>
      </header>
      <ThreadsView query={query} card={(followed) => <Card followed={followed} workspace={workspace} />} />
    </>
  );
}

function Card({ followed, workspace }: { followed: FollowedThread; workspace: WorkspaceData }) {
  const { data } = useQuery(threadQuery(useSession(), followed.root));
  const channel = workspace.channels.find(({ id }) => id === followed.channel);
  return (
    <ThreadCard
      followed={followed}
      thread={data}
      channelName={channel ? placeName(channel) : ''}
      href={`/channels/${followed.channel}?thread=${followed.root}`}
    />
  );
}
