import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { clock } from './clock.ts';
import type { ClusterState } from './cluster-view.ts';
import './figures.css';

/** What the balancer itself has in hand, over all replicas. */
export function BalancerFigures({ state }: { state: ClusterState }) {
  const { cluster, figures: names } = useMorePhrases();
  const formats = useFormats();
  const sum = (of: (replica: ClusterState['replicas'][number]) => number) =>
    formats.number(state.replicas.reduce((total, replica) => total + of(replica), 0));
  const queued = state.replicas.reduce(
    (total, { waiting }) => total + waiting.handshakes + waiting.requests,
    state.waiting,
  );
  const figures: [string, string][] = [
    [cluster.queue, formats.number(queued)],
    [cluster.redispatched, sum(({ redispatched }) => redispatched)],
    [cluster.ejections, sum(({ ejections }) => ejections)],
    [names.memory, `${formats.number(Math.round(state.balancer.memoryBytes / 1_000_000))} MB`],
    [names.uptime, clock(state.at - state.balancer.startedAt)],
    [names.version, state.balancer.version],
  ];
  return (
    <dl className="balancer-figures" aria-label={cluster.balancer}>
      {figures.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
