import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CountedChannel } from '../channels/unread.ts';
import { callsInThreads } from '../messages/thread-list.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';
import { threadListQuery } from './thread-queries.ts';
import { useDrafted } from './use-drafted.ts';

/** My channels, each with what calls me in its threads, and whether I have begun to write there. */
export function useCountedWorkspace(data: WorkspaceData | undefined): WorkspaceData | undefined {
  const threads = useQuery(threadListQuery(useSession())).data;
  const drafts = useDrafted(data && `${data.log}.${data.me.id}`);
  return useMemo(() => {
    const calls = threads && callsInThreads(threads);
    if (data === undefined || (!calls?.size && drafts.trim() === '')) return data;
    const channels = data.channels.map((channel): CountedChannel => {
      const inThreads = calls?.get(channel.id);
      const drafted = drafts.includes(` ${channel.id} `);
      if (inThreads === undefined && !drafted) return channel;
      return { ...channel, ...(inThreads !== undefined && { inThreads }), ...(drafted && { drafted }) };
    });
    return { ...data, channels };
  }, [data, threads, drafts]);
}
