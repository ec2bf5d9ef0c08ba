import type { Ephemeral } from '../../../shared/protocol.ts';

/** Typing is shown for this long after it was last said. */
export const typingShownMs = 5_000;

/** Who is online and who writes where, as far as it was told. */
export type Nearby = { online: ReadonlySet<number>; away: ReadonlySet<number>; typing: readonly Typing[] };
export type Typing = { channel: number; thread: number | undefined; member: number; name: string; until: number };

export const nobodyNearby: Nearby = { online: new Set(), away: new Set(), typing: [] };

/** Pure: what was told goes in at its time. Whoever goes offline types no more. */
export function nearbyAfter(nearby: Nearby, told: Ephemeral, now: number): Nearby {
  switch (told.kind) {
    case 'typing': {
      const { kind: _, thread, ...one } = told;
      const others = nearby.typing.filter((other) => !isSame(other, told));
      return { ...nearby, typing: [...others, { ...one, thread, until: now + typingShownMs }] };
    }
    case 'present':
      return { ...nearby, online: new Set(told.online), away: new Set(told.away) };
    case 'presence-changed': {
      const offline = new Set(told.offline);
      const online = new Set([...nearby.online, ...told.online]).difference(offline);
      const back = nearby.away.difference(new Set([...told.online, ...told.offline]));
      const away = told.away ? back.union(new Set(told.away)) : back;
      return { online, away, typing: nearby.typing.filter(({ member }) => !offline.has(member)) };
    }
  }
}

/** What was said too long ago is gone; the same object where nothing is. */
export function withoutExpired(nearby: Nearby, now: number): Nearby {
  const typing = nearby.typing.filter(({ until }) => until > now);
  return typing.length === nearby.typing.length ? nearby : { ...nearby, typing };
}

type Place = { channel: number; thread?: number | undefined; member: number };

/** Whoever has sent what they were writing writes no more. */
export function withoutTyping(nearby: Nearby, place: Place): Nearby {
  const typing = nearby.typing.filter((one) => !isSame(one, place));
  return typing.length === nearby.typing.length ? nearby : { ...nearby, typing };
}

function isSame(a: Place, b: Place): boolean {
  return a.channel === b.channel && a.member === b.member && a.thread === b.thread;
}
