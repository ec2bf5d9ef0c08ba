import type { NoticeSettings, QuietHours } from './protocol.ts';

type Quiet = Pick<NoticeSettings, 'quietUntil' | 'quietHours' | 'timeZone'>;

const dayMinutes = 1_440;

/** Whether somebody is not to be disturbed at a moment (ms since 1970): until then, or by the hours of their week. */
export function isQuiet({ quietUntil, quietHours, timeZone }: Quiet, now: number): boolean {
  if (now < quietUntil) return true;
  if (quietHours.length === 0) return false;
  const { day, minute } = localTime(now, timeZone);
  return quietHours.some((hours) => covers(hours, day, minute));
}

/** Hours over midnight belong to the day on which they begin; from one time to the same is a whole day. */
function covers({ days, from, to }: QuietHours, day: number, minute: number): boolean {
  const today = days.includes(day);
  const yesterday = days.includes(day === 1 ? 7 : day - 1);
  if (from < to) return today && minute >= from && minute < to;
  return (today && minute >= from) || (yesterday && minute < to);
}

const formats = new Map<string, Intl.DateTimeFormat>();
const formatsLimit = 500;

/** The day of the week (1 is Monday) and the minute of the day on the clocks of a zone. */
function localTime(now: number, timeZone: string): { day: number; minute: number } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const day = weekdays.indexOf(parts.get('weekday') ?? '') + 1;
  return { day, minute: (Number(parts.get('hour')) * 60 + Number(parts.get('minute'))) % dayMinutes };
}

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const zone = isTimeZone(timeZone) ? timeZone : 'UTC';
  const options = { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', options);
  if (formats.size < formatsLimit) formats.set(timeZone, format);
  return format;
}

export function isTimeZone(timeZone: string): boolean {
  try {
    return timeZone !== '' && new Intl.DateTimeFormat('en-US', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}
