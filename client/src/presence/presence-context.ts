import { createContext, useContext, useSyncExternalStore } from 'react';
import { createCell } from '../cell.ts';
import type { NearbyFollower } from './follow-nearby.ts';
import { nobodyNearby } from './nearby.ts';

const nobody = createCell(nobodyNearby);

export const PresenceContext = createContext<NearbyFollower | undefined>(undefined);

export type PresenceState = 'online' | 'away' | 'offline';

/** Draws anew only what asks about somebody who came or went. */
export function usePresenceOf(member: number): PresenceState {
  const { nearby } = useContext(PresenceContext) ?? { nearby: nobody };
  return useSyncExternalStore(nearby.subscribe, () => {
    const { online, away } = nearby.get();
    return !online.has(member) ? 'offline' : away.has(member) ? 'away' : 'online';
  });
}
