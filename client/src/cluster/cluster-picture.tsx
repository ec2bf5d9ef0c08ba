import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { type ClusterView, connectionsOf, type Flight, shownState } from './cluster-view.ts';
import { layOut, wayTo } from './picture-layout.ts';

type ClusterPictureProps = {
  view: ClusterView;
  /** The replica that serves this page. */
  own: string | undefined;
  upright: boolean;
  onLanded(flight: Flight): void;
};

/** People, balancer, replicas, and each turn on its way. The table beside it says the same in words. */
export function ClusterPicture({ view, own, upright, onLanded }: ClusterPictureProps) {
  const { cluster } = useMorePhrases();
  const formats = useFormats();
  const replicas = view.state?.replicas ?? [];
  const layout = layOut(replicas.length, upright);
  const ways = new Map(
    replicas.map(({ id }, index) => {
      const place = layout.replicas[index];
      return [id, place === undefined ? '' : wayTo(layout, place, upright)];
    }),
  );
  return (
    <svg
      className="cluster-picture"
      data-upright={upright}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      aria-hidden="true"
    >
      {replicas.map((replica) => (
        <path
          key={replica.id}
          className="cluster-way"
          data-state={shownState(view, replica)}
          d={ways.get(replica.id)}
        />
      ))}
      {view.flights.map((flight) => (
        <circle
          key={flight.id}
          className="cluster-turn"
          data-work={flight.work}
          r="6"
          style={{ offsetPath: `path("${ways.get(flight.replica) ?? ''}")` }}
          onAnimationEnd={() => onLanded(flight)}
        />
      ))}
      <g transform={`translate(${layout.people.x} ${layout.people.y})`}>
        <circle className="cluster-node" r="38" />
        <path
          className="cluster-people"
          d="M-11-4a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM-25 16c0-9 6-14 14-14s14 5 14 14M10-5a6 6 0 1 0-1-12M12 2c8 0 13 5 13 13"
        />
      </g>
      <g transform={`translate(${layout.balancer.x} ${layout.balancer.y})`}>
        <circle className="cluster-node" data-balancer r="54" />
        <text dy="-2">{cluster.balancer}</text>
        <text className="cluster-figure" dy="20">
          {formats.number(replicas.reduce((sum, replica) => sum + connectionsOf(replica, own), 0))}
        </text>
      </g>
      {replicas.map((replica, index) => (
        <g key={replica.id} transform={`translate(${layout.replicas[index]?.x} ${layout.replicas[index]?.y})`}>
          <circle className="cluster-node" data-state={shownState(view, replica)} r="42" />
          <text dy="-4">{replica.id}</text>
          <text className="cluster-figure" dy="18">
            {formats.number(connectionsOf(replica, own))}
          </text>
          {replica.id === own && (
            <text className="cluster-own" dy="56">
              {cluster.andThisPage}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
