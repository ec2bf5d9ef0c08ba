import type { LogRecord } from '../records/log-record.ts';

/** From the seq of joining on, up to the seq of leaving. */
export type Span = { joined: number; left: number };

/** Who could read what at which point of the log, by its own events. */
export type Memberships = {
  /** The span of the member's time in a stream in which `seq` lies; undefined where they may not see it. */
  spanAt(member: number, stream: string, seq: number): Span | undefined;
  /** Whether somebody was, at some point between the two, not in a stream that they had joined by then. */
  leftBetween(member: number, stream: string, after: number, before: number): boolean;
  /** The streams that a member may read at a point of the log. */
  streamsAt(member: number, seq: number): string[];
};

const always: Span = { joined: 0, left: Number.POSITIVE_INFINITY };

export function membershipsOf(log: LogRecord): Memberships {
  const spans = new Map<string, Span[]>();
  const streamsOf = new Map<number, Set<string>>();
  for (const { seq, member, stream, joined } of log.memberships) {
    const key = `${member} ${stream}`;
    const known = spans.get(key) ?? [];
    const last = known.at(-1);
    if (joined) known.push({ joined: seq, left: Number.POSITIVE_INFINITY });
    else if (last !== undefined) last.left = seq;
    spans.set(key, known);
    streamsOf.set(member, (streamsOf.get(member) ?? new Set()).add(stream));
  }

  function spanAt(member: number, stream: string, seq: number): Span | undefined {
    if (stream === 'workspace' || stream === `member:${member}`) return always;
    return spans.get(`${member} ${stream}`)?.findLast(({ joined, left }) => joined < seq && seq < left);
  }

  return {
    spanAt,
    leftBetween: (member, stream, after, before) => {
      const known = spans.get(`${member} ${stream}`) ?? [];
      return (
        !known.some(({ joined, left }) => joined < before && left >= before) ||
        known.some(({ left }) => after < left && left < before)
      );
    },
    streamsAt: (member, seq) => [
      'workspace',
      `member:${member}`,
      // The event of joining is the person's own; the channel's follow it.
      ...[...(streamsOf.get(member) ?? [])].filter((stream) => spanAt(member, stream, seq + 0.5) !== undefined),
    ],
  };
}
