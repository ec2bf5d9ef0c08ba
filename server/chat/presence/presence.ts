/**
 * Who is online, over all replicas: a person is while at least one replica has a connection of theirs, and away while
 * nobody touches any of their devices.
 */
export type Presence = {
  /** A connection of this replica's own. */
  connected(member: number): void;
  disconnected(member: number): void;
  /** One of their connections here is away from now on, or no longer; it isn't when it comes, nor when it goes. */
  setAway(member: number, away: boolean): void;
  /** What another replica says. */
  replaced(replica: string, members: number[], away?: number[]): void;
  changed(replica: string, change: PresenceChange): void;
  lost(replica: string): void;
  /**
   * Here, for another replica, and everywhere, for a page, as of the last `takeChanges`: the next changes follow that,
   * and would leave out whoever was away only for the moment in between.
   */
  toldOwn(): Present;
  toldAll(): Present;
  /**
   * What has changed since it was last asked for: here, for the other replicas, and everywhere, for the pages. `gone`
   * are those whose last connection here, or on a replica that is lost, has closed.
   */
  takeChanges(): { own: PresenceChange; everywhere: PresenceChange; gone: number[] };
};

/** `away` are some of those who are online. */
export type Present = { online: number[]; away: number[] };
/** `online` have come or are active again; `away` are so from now on, and are among `online` where they have just come. */
export type PresenceChange = { online: number[]; offline: number[]; away?: number[] | undefined };

/** Whether each is away. */
type Members = ReadonlyMap<number, boolean>;

/** Pure: what it is told goes in, what is to be told comes out of `takeChanges`. */
export function createPresence(): Presence {
  const connections = new Map<number, { all: number; away: number }>();
  const byReplica = new Map<string, Map<number, boolean>>();
  let toldOwn: Members = new Map();
  let toldAll: Members = new Map();
  let orphans: number[] = [];

  const of = (replica: string) => byReplica.get(replica) ?? new Map<number, boolean>();

  function ownNow(): Members {
    return new Map([...connections].map(([member, { all, away }]) => [member, away >= all]));
  }

  function allNow(own: Members): Members {
    const all = new Map(own);
    for (const members of byReplica.values())
      for (const [member, away] of members) all.set(member, away && (all.get(member) ?? true));
    return all;
  }

  return {
    connected(member) {
      const { all, away } = connections.get(member) ?? { all: 0, away: 0 };
      connections.set(member, { all: all + 1, away });
    },
    disconnected(member) {
      const { all, away } = connections.get(member) ?? { all: 0, away: 0 };
      if (all > 1) connections.set(member, { all: all - 1, away });
      else connections.delete(member);
    },
    setAway(member, away) {
      const known = connections.get(member);
      if (known) connections.set(member, { all: known.all, away: Math.max(0, known.away + (away ? 1 : -1)) });
    },
    replaced(replica, members, away = []) {
      const idle = new Set(away);
      byReplica.set(replica, new Map(members.map((member) => [member, idle.has(member)])));
    },
    changed(replica, change) {
      const members = new Map(of(replica));
      for (const member of change.online) members.set(member, false);
      for (const member of change.away ?? []) members.set(member, true);
      for (const member of change.offline) members.delete(member);
      byReplica.set(replica, members);
    },
    lost(replica) {
      orphans.push(...of(replica).keys());
      byReplica.delete(replica);
    },
    toldOwn: () => presentOf(toldOwn),
    toldAll: () => presentOf(toldAll),
    takeChanges() {
      const own = ownNow();
      const everywhere = allNow(own);
      const changes = { own: difference(toldOwn, own), everywhere: difference(toldAll, everywhere) };
      const gone = [...new Set([...changes.own.offline, ...orphans])];
      toldOwn = own;
      toldAll = everywhere;
      orphans = [];
      return { ...changes, gone };
    },
  };
}

function presentOf(members: Members): Present {
  return { online: [...members.keys()], away: [...members].flatMap(([member, away]) => (away ? [member] : [])) };
}

function difference(before: Members, after: Members): PresenceChange {
  const online: number[] = [];
  const away: number[] = [];
  for (const [member, isAway] of after) {
    const was = before.get(member);
    if (was === undefined || (was && !isAway)) online.push(member);
    if (isAway && !was) away.push(member);
  }
  const offline = [...before.keys()].filter((member) => !after.has(member));
  return { online, offline, ...(away.length > 0 ? { away } : {}) };
}

export function isChange({ online, offline, away = [] }: PresenceChange): boolean {
  return online.length + offline.length + away.length > 0;
}
