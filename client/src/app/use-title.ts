import { useEffect } from 'react';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

/** The tab tells where one is and how much is unread. */
export function useTitle(workspace: WorkspaceData | undefined, current: number | undefined): void {
  const channel = workspace?.channels.find(({ id }) => id === current);
  const unread = workspace?.channels.reduce((sum, { lastNumber, readNumber }) => sum + lastNumber - readNumber, 0) ?? 0;
  const place = [channel && `#${channel.name}`, workspace?.workspace.name ?? 'Ronda'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${place}` : place;
  }, [unread, place]);
  useEffect(
    () => () => {
      document.title = 'Ronda';
    },
    [],
  );
}
