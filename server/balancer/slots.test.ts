import { expect, test } from 'vitest';
import { createSlots } from './slots.ts';

function applicants(log: string[], ...names: string[]) {
  return names.map((name) => ({
    granted: () => log.push(name),
    dismissed: () => log.push(`not ${name}`),
    timedOut: () => log.push(`too late for ${name}`),
  }));
}

test('[G8.5] what finds no free slot waits in order of arrival, and the queue has an end', () => {
  const slots = createSlots(1, 2);
  const log: string[] = [];
  const taken = applicants(log, 'one', 'two', 'three', 'four').map((applicant) => slots.take(applicant, 60_000));
  expect(taken).toEqual([true, true, true, false]);
  slots.release();
  slots.release();
  expect(log).toEqual(['one', 'two', 'three']);
});

test('a slot that was given back is free again', () => {
  const slots = createSlots(1, 2);
  const log: string[] = [];
  for (const applicant of applicants(log, 'one', 'two')) {
    slots.take(applicant, 60_000);
    slots.release();
  }
  expect(log).toEqual(['one', 'two']);
});

test('who leaves the queue, is dismissed from it or waits too long is granted nothing', async () => {
  const slots = createSlots(1, 9);
  const log: string[] = [];
  const [one, two, three, four] = applicants(log, 'one', 'two', 'three', 'four');
  if (!one || !two || !three || !four) return;
  slots.take(one, 60_000);
  slots.take(two, 60_000);
  slots.leave(two);
  slots.take(three, 60_000);
  slots.dismissAll();
  slots.take(four, 5);
  await new Promise((resolve) => setTimeout(resolve, 20));
  slots.release();
  expect(log).toEqual(['one', 'not three', 'too late for four']);
});
