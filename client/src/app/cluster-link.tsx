import { Link } from 'wouter';
import type { Person } from '../../../shared/protocol.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { mayWatchCluster } from './permissions.ts';

/** For those whom the balancer obeys. */
export function ClusterLink({ me }: { me: Person }) {
  const { workspace } = usePhrases();
  if (!mayWatchCluster(me)) return null;
  return (
    <Link className="button" data-kind="quiet" data-size="small" href="/cluster">
      {workspace.watchCluster}
    </Link>
  );
}
