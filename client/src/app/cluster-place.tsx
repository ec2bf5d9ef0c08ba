import { ClusterScreen } from '../cluster/cluster-screen.tsx';
import { useSession } from './session-context.tsx';

/** The cluster view over this page's own connection. */
export function ClusterPlace() {
  const { ask } = useSession();
  return <ClusterScreen ask={ask} />;
}
