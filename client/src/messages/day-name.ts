import type { Phrases } from '../language/en.ts';
import { daysBetween, type Formats } from '../language/formats.ts';

export function dayName(day: number, now: number, { days }: Phrases, formats: Formats): string {
  const ago = daysBetween(day, now);
  if (ago === 0) return days.today;
  return ago === 1 ? days.yesterday : formats.day(day, now);
}
