import { createContext, useContext, useSyncExternalStore } from 'react';
import { createCell } from '../cell.ts';
import type { NearbyFollower } from './follow-nearby.ts';
import { nobodyNearby } from './nearby.ts';

const nobody = createCell(nobodyNearby);

export const PresenceContext = createContext<NearbyFollower | undefined>(undefined);

/** Draws anew only what asks about somebody who came or went. */
export function useIsOnline(member: number): boolean {
  const { nearby } = useContext(PresenceContext) ?? { nearby: nobody };
  return useSyncExternalStore(nearby.subscribe, () => nearby.get().online.has(member));
}
