import { useQuery } from '@tanstack/react-query';
import { useCell } from '../cell.ts';
import { ClusterRefused } from '../cluster/cluster-refused.tsx';
import { ClusterScreen } from '../cluster/cluster-screen.tsx';
import { isOnline } from '../connection/connection-state.ts';
import { Blank } from '../design/blank.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { mayWatchCluster } from './permissions.ts';
import { workspaceQuery } from './queries.ts';
import { useSession } from './session-context.tsx';

/** The cluster view over this page's own connection; who may not see it asks the balancer for nothing. */
export function ClusterPlace() {
  const session = useSession();
  const { opening } = useMorePhrases();
  const connection = useCell(session.follower.state);
  const workspace = useQuery(workspaceQuery(session));
  if (workspace.data && !mayWatchCluster(workspace.data.me)) return <ClusterRefused />;
  if (workspace.isPending) return <Blank whole title={opening} turning />;
  return <ClusterScreen ask={session.ask} own={isOnline(connection) ? connection.replica : undefined} />;
}
