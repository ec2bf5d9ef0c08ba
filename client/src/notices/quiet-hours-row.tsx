import type { QuietHours } from '../../../shared/protocol.ts';
import { IconButton } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

type QuietHoursRowProps = { name: string; hours: QuietHours; set(hours: QuietHours): void; remove(): void };

const week = [1, 2, 3, 4, 5, 6, 7];
/** A Monday. */
const firstDay = Date.UTC(2024, 0, 1);

export function QuietHoursRow({ name, hours, set, remove }: QuietHoursRowProps) {
  const { notices } = useMorePhrases();
  const { days, from, to } = hours;
  const toggle = (day: number) => {
    const next = days.includes(day) ? days.filter((one) => one !== day) : [...days, day].sort();
    if (next.length > 0) set({ ...hours, days: next });
  };
  const setTime = (key: 'from' | 'to') => (text: string) => {
    const [hour, minute] = text.split(':').map(Number);
    if (hour !== undefined && minute !== undefined && text !== '') set({ ...hours, [key]: hour * 60 + minute });
  };
  return (
    <fieldset className="quiet-hours" aria-label={name}>
      <div className="quiet-days">
        {week.map((day) => (
          <button
            key={day}
            type="button"
            aria-label={dayName(day, 'long')}
            aria-pressed={days.includes(day)}
            onClick={() => toggle(day)}
          >
            {dayName(day, 'narrow')}
          </button>
        ))}
      </div>
      <div className="quiet-times">
        <Time label={notices.from} minutes={from} set={setTime('from')} />
        <span aria-hidden="true">–</span>
        <Time label={notices.to} minutes={to} set={setTime('to')} />
        <IconButton icon="trash" label={notices.removeHours(name)} onClick={remove} />
      </div>
    </fieldset>
  );
}

function Time({ label, minutes, set }: { label: string; minutes: number; set(text: string): void }) {
  const two = (part: number) => String(part).padStart(2, '0');
  return (
    <input
      className="quiet-time"
      type="time"
      aria-label={label}
      value={`${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`}
      onChange={(event) => set(event.target.value)}
    />
  );
}

function dayName(day: number, weekday: 'long' | 'narrow'): string {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { weekday, timeZone: 'UTC' });
  return format.format(firstDay + (day - 1) * 86_400_000);
}
