import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { startOfDay } from '../language/formats.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { isoDay } from './day-line.tsx';

/** A day by its date, or one of those that people ask for most; `go` takes its first moment. */
export function DateChoices({ go }: { go(time: number): void }) {
  const { dateJump } = useMorePhrases();
  const [date, setDate] = useState('');
  const daysAgo = (days: number) => {
    const day = new Date(startOfDay(Date.now()));
    day.setDate(day.getDate() - days);
    return day.getTime();
  };
  return (
    <>
      <button type="button" onClick={() => go(daysAgo(0))}>
        {dateJump.today}
      </button>
      <button type="button" onClick={() => go(daysAgo(1))}>
        {dateJump.yesterday}
      </button>
      <button type="button" onClick={() => go(daysAgo(7))}>
        {dateJump.lastWeek}
      </button>
      <button type="button" onClick={() => go(daysAgo(30))}>
        {dateJump.lastMonth}
      </button>
      <button type="button" onClick={() => go(0)}>
        {dateJump.beginning}
      </button>
      <form
        className="date-jump-choice"
        onSubmit={(event) => {
          event.preventDefault();
          const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
          if (date !== '') go(new Date(year, month - 1, day).getTime());
        }}
      >
        <label>
          <span>{dateJump.date}</span>
          <input
            className="input"
            type="date"
            max={isoDay(Date.now())}
            value={date}
            onChange={(event) => setDate(event.target.value)}
          />
        </label>
        <Button type="submit" disabled={date === ''}>
          {dateJump.go}
        </Button>
      </form>
    </>
  );
}
