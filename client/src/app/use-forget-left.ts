import { useEffect } from 'react';
import { eraseDraftsOutside } from '../messages/drafts.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

/** Of a channel that I'm no longer in no draft stays, however I learn of it; the composer has kept its last one by then. */
export function useForgetLeft(owner: string | undefined, channels: WorkspaceData['channels'] | undefined): void {
  const ids = channels?.map(({ id }) => id).join(' ');
  useEffect(() => {
    if (owner !== undefined && ids !== undefined) eraseDraftsOutside(owner, new Set(ids.split(' ').map(Number)));
  }, [owner, ids]);
}
