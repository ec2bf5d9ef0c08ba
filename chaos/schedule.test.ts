import { expect, test } from 'vitest';
import { killsOf, type Step, schedule } from './schedule.ts';

function take(seed: number, kills: number, count: number): Step[] {
  return schedule(seed, kills).take(count).toArray();
}

test('the same seed gives the same faults at the same times, another seed others', () => {
  expect(take(7, 20, 100)).toEqual(take(7, 20, 100));
  expect(take(7, 20, 100)).not.toEqual(take(8, 20, 100));
});

test('exactly as many processes are killed as were asked for, however many steps follow', () => {
  for (const kills of [0, 1, 2, 10, 57])
    expect(take(3, kills, 400).reduce((sum, { fault }) => sum + killsOf(fault), 0)).toBe(kills);
});

test('every kind of fault comes within one deck', () => {
  expect(new Set(take(5, 100, 31).map(({ fault }) => fault.kind)).size).toBe(13);
});
