import { useEffect } from 'react';
import { callsIn, unreadIn } from '../channels/unread.ts';
import { placeName } from '../place-name.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

/** The tab tells where one is and how much is unread; what calls me comes first. */
export function useTitle(workspace: WorkspaceData | undefined, current: number | undefined): void {
  const channel = workspace?.channels.find(({ id }) => id === current);
  const unread = workspace?.channels.reduce((sum, channel) => sum + unreadIn(channel), 0) ?? 0;
  const calls = workspace?.channels.reduce((sum, channel) => sum + callsIn(channel), 0) ?? 0;
  const place = [channel && placeName(channel), workspace?.workspace.name ?? 'Ronda'].filter(Boolean).join(' · ');
  useEffect(() => {
    const count = calls > 0 ? `(@${calls}) ` : unread > 0 ? `(${unread}) ` : '';
    document.title = `${count}${place}`;
  }, [unread, calls, place]);
  useEffect(
    () => () => {
      document.title = 'Ronda';
    },
    [],
  );
}
