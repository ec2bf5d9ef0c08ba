import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { Session } from './session.ts';

const patienceMs = 5_000;

/** The answer comes before or after its event: only with that can the channel be shown. */
export function untilJoined({ queryClient }: Session, channel: number): Promise<void> {
  const isIn = () =>
    queryClient.getQueryData<WorkspaceData>(['workspace'])?.channels.some(({ id }) => id === channel) ?? false;
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const timer = setTimeout(done, patienceMs);
    const stop = queryClient.getQueryCache().subscribe(() => {
      if (isIn()) done();
    });
    if (isIn()) done();
  });
}
