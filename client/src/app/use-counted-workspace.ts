import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { CountedChannel } from '../channels/unread.ts';
import { callsInThreads } from '../messages/thread-list.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';
import { threadListQuery } from './thread-queries.ts';

/** My channels, each with what calls me in its threads. */
export function useCountedWorkspace(data: WorkspaceData | undefined): WorkspaceData | undefined {
  const threads = useQuery(threadListQuery(useSession())).data;
  return useMemo(() => {
    if (data === undefined || threads === undefined) return data;
    const calls = callsInThreads(threads);
    if (calls.size === 0) return data;
    const channels = data.channels.map((channel): CountedChannel => {
      const inThreads = calls.get(channel.id);
      return inThreads === undefined ? channel : { ...channel, inThreads };
    });
    return { ...data, channels };
  }, [data, threads]);
}
