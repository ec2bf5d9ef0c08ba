import { useId } from 'react';
import { quietHoursLimit } from '../../../shared/limits.ts';
import type { QuietHours, SetNotices } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { QuietHoursRow } from './quiet-hours-row.tsx';

type QuietHoursListProps = { hours: QuietHours[]; timeZone: string; set(change: SetNotices): void };

const workingNights: QuietHours = { days: [1, 2, 3, 4, 5], from: 22 * 60, to: 8 * 60 };

/** The hours of every week in which nothing disturbs; they hold on the clocks of the zone in which the first was made. */
export function QuietHoursList({ hours, timeZone, set }: QuietHoursListProps) {
  const { notices } = useMorePhrases();
  const id = useId();
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
  const add = () => set({ quietHours: [...hours, workingNights], ...(hours.length === 0 ? { timeZone: here } : {}) });
  return (
    <section className="notices-section" aria-labelledby={id}>
      <h3 id={id}>{notices.hours}</h3>
      <p className="notices-hint">{notices.hoursHint}</p>
      {hours.map((row, index) => (
        <QuietHoursRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing else to be known by
          key={index}
          name={notices.hoursNumber(index + 1)}
          hours={row}
          set={(changed) => set({ quietHours: hours.with(index, changed) })}
          remove={() => set({ quietHours: hours.toSpliced(index, 1) })}
        />
      ))}
      {hours.length > 0 && (
        <div className="field">
          <label htmlFor={`${id}-zone`}>{notices.timeZone}</label>
          <select
            className="input"
            id={`${id}-zone`}
            value={timeZone}
            onChange={(event) => set({ timeZone: event.target.value })}
          >
            {zones(timeZone, here).map((zone) => (
              <option key={zone} value={zone}>
                {zone.replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </div>
      )}
      {hours.length < quietHoursLimit && (
        <div className="notices-actions">
          <Button onClick={add}>{notices.addHours}</Button>
        </div>
      )}
    </section>
  );
}

function zones(...also: string[]): string[] {
  return [...new Set([...also, 'UTC', ...Intl.supportedValuesOf('timeZone')])].sort();
}
