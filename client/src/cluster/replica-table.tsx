import type { ReactNode } from 'react';
import { Button } from '../design/button.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { type ClusterView, connectionsOf, type ReplicaState, type ReplicaView, shownState } from './cluster-view.ts';
import { RateLine } from './rate-line.tsx';

export type Order = 'pause' | 'resume' | 'drain' | 'undrain';

type ReplicaTableProps = {
  view: ClusterView;
  /** The replica that serves this page. */
  own: string | undefined;
  give: ((replica: string, order: Order) => void) | undefined;
  /** More that can be ordered of a replica. */
  more(replica: string): ReactNode;
};

export function ReplicaTable({ view, own, give, more }: ReplicaTableProps) {
  const { cluster } = useMorePhrases();
  return (
    <table className="replica-table">
      <thead>
        <tr>
          <th scope="col">{cluster.replica}</th>
          <th scope="col">{cluster.state}</th>
          <th scope="col">{cluster.connections}</th>
          <th scope="col">{cluster.turns}</th>
          <th scope="col">{cluster.faults}</th>
          <th scope="col">{cluster.orders}</th>
        </tr>
      </thead>
      <tbody>
        {view.state?.replicas.map((replica) => (
          <ReplicaRow
            key={replica.id}
            replica={replica}
            state={shownState(view, replica)}
            rates={view.rates[replica.id] ?? []}
            {...{ own, give, more }}
          />
        ))}
      </tbody>
    </table>
  );
}

function ReplicaRow({
  replica,
  state,
  rates,
  own,
  give,
  more,
}: { replica: ReplicaView; state: ReplicaState; rates: readonly number[] } & Omit<ReplicaTableProps, 'view'>) {
  const { cluster } = useMorePhrases();
  const formats = useFormats();
  const { id, order, assigned, failed, redispatched, ejections } = replica;
  const faults = failed.connects + failed.handshakes + failed.requests;
  return (
    <tr data-state={state}>
      <th scope="row">{id}</th>
      <td data-label={cluster.state}>
        <span className="replica-state" data-state={state}>
          {cluster.states[state]}
        </span>
      </td>
      <td data-label={cluster.connections}>
        <span>
          {formats.number(connectionsOf(replica, own))}
          {id === own && <span className="replica-own"> {cluster.andThisPage}</span>}
        </span>
      </td>
      <td data-label={cluster.turns}>
        <span className="replica-turns">
          {formats.number(assigned.connections + assigned.requests)}
          <RateLine rates={rates} />
        </span>
      </td>
      <td data-label={cluster.faults}>{cluster.faultCounts(faults, redispatched, ejections)}</td>
      <td className="replica-orders">
        {orders(order).map((next) => (
          <Button
            key={next}
            size="small"
            disabled={give === undefined}
            aria-label={`${cluster.order[next]}: ${id}`}
            onClick={() => give?.(id, next)}
          >
            {cluster.order[next]}
          </Button>
        ))}
        {more(id)}
      </td>
    </tr>
  );
}

/** What can be ordered while that order holds. */
function orders(order: ReplicaView['order']): Order[] {
  if (order === 'pause') return ['resume', 'drain'];
  return order === 'drain' ? ['undrain'] : ['pause', 'drain'];
}
