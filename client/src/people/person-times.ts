const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Such as "3 hours ago", as coarse as it is known. */
export function agoText(at: number, now: number, locale: string): string {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const ago = Math.max(0, now - at);
  if (ago < hour) return relative.format(-Math.max(1, Math.round(ago / minute)), 'minute');
  if (ago < day) return relative.format(-Math.round(ago / hour), 'hour');
  if (ago < 30 * day) return relative.format(-Math.round(ago / day), 'day');
  return relative.format(-Math.round(ago / (30 * day)), 'month');
}

/** What the clock says there, with the weekday where that is another one; undefined where the zone isn't known. */
export function localTime(timeZone: string, now: number, locale: string): string | undefined {
  try {
    const dayIn = (zone?: string) => new Intl.DateTimeFormat('en', { dateStyle: 'short', timeZone: zone }).format(now);
    const weekday = dayIn(timeZone) === dayIn() ? {} : ({ weekday: 'long' } as const);
    const options = { hour: 'numeric', minute: '2-digit', timeZone, ...weekday } as const;
    return new Intl.DateTimeFormat(locale, options).format(now);
  } catch {
    return undefined;
  }
}

/** When a status that is set now ends; undefined for one that stays. */
export type ClearAfter = 'half-hour' | 'hour' | 'today' | 'week' | 'never';
export const clearAfters = ['half-hour', 'hour', 'today', 'week', 'never'] as const;

/** `today` ends at the person's midnight, `week` with their Sunday. */
export function statusEnd(after: ClearAfter, now: number): number | undefined {
  const midnight = new Date(now).setHours(24, 0, 0, 0);
  switch (after) {
    case 'half-hour':
      return now + 30 * minute;
    case 'hour':
      return now + hour;
    case 'today':
      return midnight;
    case 'week':
      return new Date(midnight).setDate(new Date(midnight).getDate() + ((7 - new Date(now).getDay()) % 7));
    case 'never':
      return undefined;
  }
}
