import type { JoinedChannel, Person } from '../../../shared/protocol.ts';

/** What the page offers; the server decides. */
export function mayDescribe({ role }: Person, { direct }: JoinedChannel): boolean {
  return role !== 'guest' && !direct;
}

export function mayLookAfter({ role }: Person, { direct, membership }: JoinedChannel): boolean {
  return !direct && (membership.owner || role === 'owner' || role === 'admin');
}

export function mayWatchCluster({ role }: Person): boolean {
  return role === 'owner' || role === 'admin';
}
