import { expect, test } from 'vitest';
import type { FiguresReport } from '../../../shared/replica-figures.ts';
import { askedFrom, figuresAfter, type KnownReplica } from './figures.ts';

const spread = { p50: 0, p99: 0 };
const sample = (at: number) => ({ at, connections: 0, messages: 0, commitMs: spread, fanOutMs: spread, lag: 0 });
const told = (id: string, times: number[], heard = true): FiguresReport[number] => ({
  id,
  now: heard ? ({ at: times.at(-1) } as FiguresReport[number]['now']) : undefined,
  samples: times.map(sample),
});
const timesOf = (known: KnownReplica[]) => known.map(({ samples }) => samples.map(({ at }) => at));

test('each second of a replica is kept once, for three minutes, whichever replica told of it', () => {
  let known = figuresAfter([], [told('chat-1', [1, 2]), told('chat-2', [1])]);
  known = figuresAfter(known, [told('chat-1', [2, 3]), told('chat-2', [1, 2])]);
  expect(timesOf(known)).toEqual([
    [1, 2, 3],
    [1, 2],
  ]);
  expect(askedFrom(known)).toBe(2);
  known = figuresAfter(known, [
    told(
      'chat-1',
      Array.from({ length: 400 }, (_, index) => index),
    ),
  ]);
  expect(timesOf(known)).toEqual([Array.from({ length: 180 }, (_, index) => index + 220)]);
});

test('one that fell silent asks for nothing old, and nothing is asked anew for it', () => {
  const known = figuresAfter([], [told('chat-1', [9]), told('chat-2', [1], false)]);
  expect(askedFrom(known)).toBe(9);
  expect(askedFrom([])).toBe(0);
});
