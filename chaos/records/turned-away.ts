/** A send that was refused with `channel-not-found`, between two points of the log. */
export type TurnedAway = {
  member: number;
  channel: number;
  /** A point of the log before its author joined, for the last time that they knew of. */
  joinedAfter: number;
  /** A point of the log after the answer, infinite where none was seen; 0 where it had had an answer already. */
  before: number;
};
