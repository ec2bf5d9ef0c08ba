import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bounded,
  extendedDown,
  extendedUp,
  firstPart,
  grown,
  type MessageWindow,
  newestWindow,
  openingWindow,
  overlap,
  rangeOf,
  windowAround,
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

  test('is drawn from what fits the screen, a piece at a time, until all of it is there', () => {
    fc.assert(
      fc.property(fc.nat(999), fc.boolean(), fc.integer({ min: 1, max: 60 }), (index, atEnd, count) => {
        const at = atEnd ? undefined : messages[index]?.id;
        const whole = at === undefined ? newestWindow(messages) : windowAround(messages, at);
        const goal = rangeOf(whole, messages);
        let window: MessageWindow = firstPart(whole, messages, at, count);
        expect(sizeOf(window)).toBeLessThanOrEqual(count + Math.ceil(count / 2));
        if (at === undefined) expect(window.to).toBeUndefined();
        else expect(shows(window, index)).toBe(true);
        for (let more = grown(window, whole, messages); more !== undefined; more = grown(window, whole, messages)) {
          const added = sizeOf(more) - sizeOf(window);
          expect(added).toBeGreaterThan(0);
          expect(added).toBeLessThanOrEqual(windowSize.piece);
          window = more;
        }
        expect(rangeOf(window, messages)).toEqual(goal);
      }),
    );
  });

  test('grows no further than its bound while messages come in', () => {
    const whole = newestWindow(messages.slice(0, 500));
    const window = firstPart(whole, messages.slice(0, 500), undefined, 20);
    expect(grown(window, whole, messages)).toBeUndefined();
  });

  test('keeps what is drawn already where one jumps within it, and nothing where one jumps out of it', () => {
    const drawn = extendedUp(newestWindow(messages), messages);
    const whole = newestWindow(messages);
    const first = firstPart(whole, messages, undefined, 20);
    expect(overlap(drawn, whole, first, messages)).toEqual(whole);
    const far = windowAround(messages, messages[100]?.id ?? 0);
    const around = firstPart(far, messages, messages[100]?.id, 20);
    expect(overlap(drawn, far, around, messages)).toEqual(around);
  });
});

function sizeOf(window: MessageWindow): number {
  const { start, end } = rangeOf(window, messages);
  return end - start;
}

function shows(window: MessageWindow, index: number): boolean {
  const { start, end } = rangeOf(window, messages);
  return start <= index && index < end;
}
