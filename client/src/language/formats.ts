import { once } from '../../../shared/once.ts';

export type Formats = {
  locale: string;
  time(at: number): string;
  /** The weekday within a week, else the date; with the year where it isn't this one. */
  day(at: number, now: number): string;
  /** To the minute, for lists of messages. */
  dateAndTime(at: number): string;
  /** To the second, where one looks into it. */
  moment(at: number): string;
  /** Such as "in 3 days". */
  until(at: number, now: number): string;
  number(value: number): string;
  /** Such as "Ana, Bea and Cai". */
  list(parts: string[]): string;
  /** Sorts names as people expect it, 2 before 10. */
  compare(a: string, b: string): number;
};

const day = 86_400_000;

export function createFormats(locale: string): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => once(() => new Intl.DateTimeFormat(locale, options));
  const time = dates({ timeStyle: 'short' });
  const weekday = dates({ weekday: 'long' });
  const date = dates({ weekday: 'long', day: 'numeric', month: 'long' });
  const dateWithYear = dates({ day: 'numeric', month: 'long', year: 'numeric' });
  const dateAndTime = dates({ dateStyle: 'long', timeStyle: 'short' });
  const moment = dates({ dateStyle: 'long', timeStyle: 'medium' });
  const relative = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const number = once(() => new Intl.NumberFormat(locale));
  const list = once(() => new Intl.ListFormat(locale));
  const collator = once(() => new Intl.Collator(locale, { numeric: true }));
  return {
    locale,
    time: (at) => time().format(at),
    day(at, now) {
      const ago = daysBetween(at, now);
      if (ago >= 0 && ago < 7) return capital(weekday().format(at), locale);
      return capital(
        (new Date(at).getFullYear() === new Date(now).getFullYear() ? date : dateWithYear)().format(at),
        locale,
      );
    },
    dateAndTime: (at) => dateAndTime().format(at),
    moment: (at) => moment().format(at),
    until(at, now) {
      const ahead = at - now;
      return ahead < day
        ? relative().format(Math.round(ahead / 3_600_000), 'hour')
        : relative().format(Math.round(ahead / day), 'day');
    },
    number: (value) => number().format(value),
    list: (parts) => list().format(parts),
    compare: (a, b) => collator().compare(a, b),
  };
}

/** Calendar days in the person's own time zone; rounding evens out the changes of the clock. */
export function daysBetween(earlier: number, later: number): number {
  return Math.round((startOfDay(later) - startOfDay(earlier)) / day);
}

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
