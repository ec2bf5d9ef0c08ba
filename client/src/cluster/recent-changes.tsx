import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import type { ClusterView, ReplicaState } from './cluster-view.ts';

/** What happened to replicas while the page was open; each is said aloud once. */
export function RecentChanges({ changes }: Pick<ClusterView, 'changes'>) {
  const { cluster } = useMorePhrases();
  const formats = useFormats();
  return (
    <section className="cluster-changes">
      <h2>{cluster.changes}</h2>
      {changes.length === 0 && <p>{cluster.noChanges}</p>}
      <div role="log" aria-label={cluster.changes}>
        <ol>
          {changes.map(({ id, at, replica, to, cause }) => (
            <li key={id} title={cause}>
              <time dateTime={new Date(at).toISOString()}>{formats.moment(at)}</time>{' '}
              {cluster.change(replica, nameOf(to))}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );

  function nameOf(state: string): string {
    return state in cluster.states ? cluster.states[state as ReplicaState] : cluster.gone;
  }
}
