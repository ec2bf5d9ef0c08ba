import { createContext, useContext, useSyncExternalStore } from 'react';
import type { LogEvent, PersonStatus, StatusList } from '../../../shared/protocol.ts';
import { type Cell, createCell } from '../cell.ts';

export type Statuses = ReadonlyMap<number, PersonStatus>;

const none: Cell<Statuses> = createCell<Statuses>(new Map());

/** Those that aren't over; whoever keeps it lets each go at its time. */
export const StatusesContext = createContext(none);

/** Draws anew only what asks about somebody whose status has changed. */
export function useStatusOf(member: number): PersonStatus | undefined {
  const cell = useContext(StatusesContext);
  return useSyncExternalStore(cell.subscribe, () => cell.get().get(member));
}

export function applyToStatuses(list: StatusList, event: LogEvent): StatusList {
  if (event.seq <= list.cursor) return list;
  const status = event.kind === 'status-set' ? event.status : undefined;
  const of =
    event.kind === 'status-set'
      ? event.member
      : event.kind === 'member-changed' && event.member.former
        ? event.member.id
        : undefined;
  if (of === undefined) return list;
  const others = list.statuses.filter(({ member }) => member !== of);
  return { cursor: event.seq, statuses: status ? [...others, { member: of, status }] : others };
}
