/** Who is online, over all replicas: a person is while at least one replica has a connection of theirs. */
export type Presence = {
  /** A connection of this replica's own. */
  connected(member: number): void;
  disconnected(member: number): void;
  /** What another replica says. */
  replaced(replica: string, members: number[]): void;
  changed(replica: string, online: number[], offline: number[]): void;
  lost(replica: string): void;
  /**
   * Here, for another replica, and everywhere, for a page, as of the last `takeChanges`: the next changes follow that,
   * and would leave out whoever was away only for the moment in between.
   */
  toldOwn(): number[];
  toldAll(): number[];
  /** What has changed since it was last asked for: here, for the other replicas, and everywhere, for the pages. */
  takeChanges(): { own: PresenceChange; everywhere: PresenceChange };
};

export type PresenceChange = { online: number[]; offline: number[] };

/** Pure: what it is told goes in, what is to be told comes out of `takeChanges`. */
export function createPresence(): Presence {
  const ownConnections = new Map<number, number>();
  const byReplica = new Map<string, Set<number>>();
  let toldOwn = new Set<number>();
  let toldAll = new Set<number>();

  const all = () => new Set([...ownConnections.keys(), ...[...byReplica.values()].flatMap((members) => [...members])]);
  const of = (replica: string) => byReplica.get(replica) ?? new Set<number>();

  return {
    connected(member) {
      ownConnections.set(member, (ownConnections.get(member) ?? 0) + 1);
    },
    disconnected(member) {
      const left = (ownConnections.get(member) ?? 0) - 1;
      if (left > 0) ownConnections.set(member, left);
      else ownConnections.delete(member);
    },
    replaced: (replica, members) => void byReplica.set(replica, new Set(members)),
    changed(replica, online, offline) {
      byReplica.set(replica, new Set([...of(replica), ...online]).difference(new Set(offline)));
    },
    lost: (replica) => void byReplica.delete(replica),
    toldOwn: () => [...toldOwn],
    toldAll: () => [...toldAll],
    takeChanges() {
      const own = new Set(ownConnections.keys());
      const everywhere = all();
      const changes = { own: difference(toldOwn, own), everywhere: difference(toldAll, everywhere) };
      toldOwn = own;
      toldAll = everywhere;
      return changes;
    },
  };
}

function difference(before: Set<number>, after: Set<number>): PresenceChange {
  return { online: [...after.difference(before)], offline: [...before.difference(after)] };
}
