import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { MentionsDialog } from '../mentions/mentions-dialog.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { anyUnread, markAllRead } from './mark-all-read.ts';
import type { Session } from './session.ts';
import { useSession } from './session-context.tsx';

export function AllMentions({ workspace, onClose }: { workspace: WorkspaceData; onClose(): void }) {
  const session = useSession();
  const pages = useInfiniteQuery(mentionsQuery(session));
  const { channels } = workspace;
  const channelName = (channel: number) => channels.find(({ id }) => id === channel)?.name;
  return (
    <MentionsDialog
      pages={pages}
      channelName={channelName}
      markAllRead={anyUnread(session, channels) ? () => void markAllRead(session, channels) : undefined}
      onClose={onClose}
    />
  );
}

/** Asked anew whenever somebody looks: which of my channels they are from may have changed too. */
function mentionsQuery({ ask }: Session) {
  return infiniteQueryOptions({
    queryKey: ['mentions'] as const,
    queryFn: ({ pageParam: before, signal }) => ask.messages.mentions.query({ before }, { signal }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: ({ older, messages }) => (older ? messages.at(-1)?.id : undefined),
    gcTime: 0,
  });
}
