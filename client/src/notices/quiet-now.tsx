import type { NoticeSettings } from '../../../shared/protocol.ts';
import { isQuiet } from '../../../shared/quiet-times.ts';
import { Button } from '../design/button.tsx';
import { useNow } from '../design/use-now.ts';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';

type QuietNowProps = {
  settings: Pick<NoticeSettings, 'quietUntil' | 'quietHours' | 'timeZone'>;
  set(quietUntil: number): void;
};

const minuteMs = 60_000;
const morning = 8;

export function QuietNow({ settings, set }: QuietNowProps) {
  const { notices } = useMorePhrases();
  const formats = useFormats();
  const now = useNow();
  const { quietUntil } = settings;
  const isSet = quietUntil > now;
  const isToday = new Date(quietUntil).toDateString() === new Date(now).toDateString();
  const until = isToday ? formats.time(quietUntil) : `${formats.day(quietUntil, now)}, ${formats.time(quietUntil)}`;
  return (
    <section className="notices-section">
      <h3>{notices.quiet}</h3>
      <p role="status">
        {isSet ? notices.quietUntil(until) : isQuiet(settings, now) ? notices.quietByHours : notices.quietText}
      </p>
      <div className="notices-actions">
        {isSet ? (
          <Button onClick={() => set(0)}>{notices.quietOff}</Button>
        ) : (
          <>
            <Button onClick={() => set(Date.now() + 30 * minuteMs)}>{notices.halfAnHour}</Button>
            <Button onClick={() => set(Date.now() + 60 * minuteMs)}>{notices.anHour}</Button>
            <Button onClick={() => set(tomorrowMorning(new Date()))}>{notices.untilTomorrow}</Button>
          </>
        )}
      </div>
    </section>
  );
}

function tomorrowMorning(today: Date): number {
  return new Date(today.getFullYear(), today.getMonth(), today.getDate() + 1, morning).getTime();
}
