import type { PersonStatus, StatusList } from '../../../shared/protocol.ts';
import type { Cell } from '../cell.ts';
import type { Statuses } from './statuses.ts';

const longestTimerMs = 2_000_000_000;

/** Keeps the cell at those of a list that aren't over, also as time goes by. Returns what takes the next list. */
export function keepStatuses(cell: Cell<Statuses>): { take(list: StatusList | undefined): void; stop(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: StatusList['statuses'] = [];

  function show(): void {
    clearTimeout(timer);
    const now = Date.now();
    const isOver = ({ until }: PersonStatus) => until !== undefined && until <= now;
    const shown = latest.filter(({ status }) => !isOver(status));
    const before = cell.get();
    const same = shown.length === before.size && shown.every(({ member, status }) => before.get(member) === status);
    if (!same) cell.set(new Map(shown.map(({ member, status }) => [member, status])));
    const next = Math.min(...shown.map(({ status }) => status.until ?? Number.POSITIVE_INFINITY));
    if (Number.isFinite(next)) timer = setTimeout(show, Math.min(next - now + 1, longestTimerMs));
  }

  return {
    take(list) {
      latest = list?.statuses ?? latest;
      show();
    },
    stop: () => clearTimeout(timer),
  };
}
