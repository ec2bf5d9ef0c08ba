import { useCell } from '../cell.ts';
import { ClusterScreen } from '../cluster/cluster-screen.tsx';
import { isOnline } from '../connection/connection-state.ts';
import { useSession } from './session-context.tsx';

/** The cluster view over this page's own connection. */
export function ClusterPlace() {
  const { ask, follower } = useSession();
  const connection = useCell(follower.state);
  return <ClusterScreen ask={ask} own={isOnline(connection) ? connection.replica : undefined} />;
}
