import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bounded,
  extendedDown,
  extendedUp,
  newestWindow,
  openingWindow,
  rangeOf,
  windowSize,
} from './message-window.ts';

const messages = Array.from({ length: 1_000 }, (_, index) => ({ id: index * 3 + 1 }));

describe('[UX5] the window on the messages', () => {
  test('opens at the newest, or where what is unread starts', () => {
    expect(rangeOf(newestWindow(messages), messages)).toEqual({ start: 1_000 - windowSize.initial, end: 1_000 });
    const opened = rangeOf(openingWindow(messages, messages[400]?.id), messages);
    expect(opened).toEqual({ start: 385, end: 385 + windowSize.most });
    expect(newestWindow([])).toEqual({ from: 0, to: undefined });
  });

  test('goes on to messages that come later', () => {
    const window = newestWindow(messages.slice(0, 900));
    expect(rangeOf(window, messages).end).toBe(1_000);
  });

  test('shows the same messages when earlier ones are loaded before them', () => {
    const window = newestWindow(messages.slice(500));
    expect(rangeOf(window, messages).start).toBe(1_000 - windowSize.initial);
  });

  test('is never larger than its bound, reaches both ends, and keeps what is between', () => {
    const steps = fc.array(fc.constantFrom('up', 'down', 'grow'), { maxLength: 80 });
    fc.assert(
      fc.property(steps, fc.boolean(), (moves, following) => {
        let loaded = messages.slice(0, 600);
        let window = newestWindow(loaded);
        for (const move of moves) {
          if (move === 'grow') loaded = messages.slice(0, Math.min(1_000, loaded.length + 15));
          else window = move === 'up' ? extendedUp(window, loaded) : extendedDown(window, loaded);
          window = bounded(window, loaded, following && window.to === undefined);
          const { start, end } = rangeOf(window, loaded);
          expect(end - start).toBeGreaterThan(0);
          expect(end - start).toBeLessThanOrEqual(windowSize.most + windowSize.step);
        }
        for (let step = 0; step < 40; step += 1) window = extendedUp(window, loaded);
        expect(rangeOf(window, loaded).start).toBe(0);
        for (let step = 0; step < 40; step += 1) window = extendedDown(window, loaded);
        expect(window.to).toBeUndefined();
      }),
    );
  });
});
