import { useEffect, useRef } from 'react';
import { callsIn, unreadIn } from '../channels/unread.ts';
import { placeName } from '../place-name.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

/** What is read as it comes doesn't flicker in the tab, and a busy channel doesn't name it anew with every message. */
const pauseMs = 100;

/** The tab tells where one is and how much is unread; what calls me comes first. */
export function useTitle(workspace: WorkspaceData | undefined, current: number | undefined): void {
  const channel = workspace?.channels.find(({ id }) => id === current);
  const unread = workspace?.channels.reduce((sum, channel) => sum + unreadIn(channel), 0) ?? 0;
  const calls = workspace?.channels.reduce((sum, channel) => sum + callsIn(channel), 0) ?? 0;
  const place = [channel && placeName(channel), workspace?.workspace.name ?? 'Ronda'].filter(Boolean).join(' · ');
  const count = calls > 0 ? `(@${calls}) ` : unread > 0 ? `(${unread}) ` : '';
  const title = useRef('');
  title.current = `${count}${place}`;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (document.title === title.current) return;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      document.title = title.current;
    }, pauseMs);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      document.title = 'Ronda';
    },
    [],
  );
}
