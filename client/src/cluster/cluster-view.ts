import type { AskCluster } from '../wire/ask-cluster.ts';

export type ClusterState = Awaited<ReturnType<AskCluster['state']['query']>>;
export type ReplicaView = ClusterState['replicas'][number];
export type ReplicaState = ReplicaView['state'];
export type Work = 'connections' | 'requests';

/** What the balancer tells as it happens. */
export type ClusterEvent =
  | { kind: 'state'; state: ClusterState }
  | { kind: 'assigned'; work: Work; replica: string }
  | { kind: 'changed'; at: number; replica: string; to: string; cause: string };

/** A turn on its way to the replica that got it. */
export type Flight = { id: number; replica: string; work: Work };

export type ClusterView = {
  state: ClusterState | undefined;
  flights: readonly Flight[];
  /** Assigned so far, as far as this page has heard: ids of flights. */
  turns: number;
  /** Assigned in each of the last seconds, oldest first, by replica. */
  rates: Readonly<Record<string, readonly number[]>>;
  /** When each was last seen to be gone; it comes back faster than the eye. */
  fallen: Readonly<Record<string, number>>;
  /** The last changes, newest first. */
  changes: readonly { id: number; at: number; replica: string; to: string; cause: string }[];
};

export const emptyView: ClusterView = { state: undefined, flights: [], turns: 0, rates: {}, fallen: {}, changes: [] };

/** More at once would be a blur. */
const flightLimit = 60;
const changeLimit = 8;
/** For so long at least one that fell is shown as such. */
const fallenForMs = 2_000;
/** Two minutes, one sample with each state. */
const rateLimit = 120;

/** Pure: what the page shows after an event. */
export function viewAfter(view: ClusterView, event: ClusterEvent): ClusterView {
  switch (event.kind) {
    case 'assigned': {
      const { work, replica } = event;
      const flight = { id: view.turns, replica, work };
      return { ...view, turns: view.turns + 1, flights: [...view.flights, flight].slice(-flightLimit) };
    }
    case 'changed': {
      const { replica, to, cause } = event;
      const id = (view.changes[0]?.id ?? 0) + 1;
      const change = { id, at: event.at, replica, to, cause };
      const changes = [change, ...view.changes].slice(0, changeLimit);
      const gone = to === 'down' || to === 'starting';
      const fallen = gone ? { ...view.fallen, [replica]: event.at } : view.fallen;
      return { ...view, changes, fallen, state: view.state && stateWith(view.state, replica, to) };
    }
    case 'state': {
      const { state } = event;
      const fallen = Object.entries(view.fallen).filter(([, at]) => state.at - at < fallenForMs);
      return { ...view, state, rates: ratesAfter(view, state), fallen: Object.fromEntries(fallen) };
    }
  }
}

/** As it is to be seen. */
export function shownState({ fallen }: ClusterView, { id, state }: Pick<ReplicaView, 'id' | 'state'>): ReplicaState {
  return fallen[id] === undefined ? state : 'down';
}

/** A replica's connections without this page's own, which is there before anybody opens one. */
export function connectionsOf({ id, tunnels }: Pick<ReplicaView, 'id' | 'tunnels'>, own: string | undefined): number {
  return id === own ? Math.max(0, tunnels - 1) : tunnels;
}

/** At once, and not only with the next state that is told. */
function stateWith(state: ClusterState, id: string, to: string): ClusterState {
  const replicas = state.replicas.map((replica) =>
    replica.id === id ? { ...replica, state: to as ReplicaState } : replica,
  );
  return { ...state, replicas };
}

export function landed(view: ClusterView, id: number): ClusterView {
  return { ...view, flights: view.flights.filter((flight) => flight.id !== id) };
}

function ratesAfter({ state: before, rates }: ClusterView, now: ClusterState): ClusterView['rates'] {
  if (before === undefined) return {};
  const next: Record<string, readonly number[]> = {};
  for (const replica of now.replicas) {
    const earlier = before.replicas.find(({ id }) => id === replica.id);
    const more = earlier === undefined ? 0 : Math.max(0, turnsOf(replica) - turnsOf(earlier));
    next[replica.id] = [...(rates[replica.id] ?? []), more].slice(-rateLimit);
  }
  return next;
}

function turnsOf({ assigned }: ReplicaView): number {
  return assigned.connections + assigned.requests;
}
