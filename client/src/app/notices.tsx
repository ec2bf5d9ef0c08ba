import { useEffect } from 'react';
import { useLocation } from 'wouter';
import { defaultNotices } from '../../../shared/notice-rules.ts';
import type { ThreadList } from '../../../shared/protocol.ts';
import { callsIn } from '../channels/unread.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { showCalls } from '../notices/badge.ts';
import { deviceOf } from '../notices/device.ts';
import { startPageNotices } from '../notices/page-notices.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';

/** Tells of what happens while nobody looks; shows nothing in the page itself. */
export function Notices({ workspace, owner }: { workspace: WorkspaceData; owner: string }) {
  const session = useSession();
  const { noticeWords } = useMorePhrases();
  const [, navigate] = useLocation();
  const calls = workspace.channels.reduce((sum, channel) => sum + callsIn(channel), 0);

  useEffect(() => showCalls(calls), [calls]);
  useEffect(() => () => showCalls(0), []);
  useEffect(() => {
    const { ask, queryClient, me, heard } = session;
    const now = () => queryClient.getQueryData<WorkspaceData>(['workspace']);
    return startPageNotices({
      ...{ owner, me, heard, ask: ask.notices, device: deviceOf(owner, ask.notices) },
      channels: () => now()?.channels ?? [],
      settings: () => now()?.notices ?? defaultNotices,
      thread: (root) =>
        queryClient.getQueryData<ThreadList>(['threads', me])?.threads.find((thread) => thread.root === root),
      words: () => noticeWords,
      open: navigate,
    });
  }, [session, owner, noticeWords, navigate]);
  return null;
}
