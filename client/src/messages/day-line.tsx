import { usePhrases } from '../language/use-phrases.ts';

/** The id of the one popover by which all day lines of the list let one jump. */
export const dateJumpId = 'date-jump';

/** Stays at the top while its day is read; a press on it asks for another day. */
export function DayLine({ day, name }: { day: number; name: string }) {
  const { messages } = usePhrases();
  return (
    <div className="day-line">
      <button type="button" popoverTarget={dateJumpId} aria-haspopup="dialog" title={messages.jumpToDate}>
        <time dateTime={isoDay(day)}>{name}</time>
        <span className="unseen">, {messages.jumpToDate}</span>
      </button>
    </div>
  );
}

/** The day as the person's calendar has it, as `<input type="date">` and `<time>` take it. */
export function isoDay(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
