import { expect, onTestFinished, test } from 'vitest';
import type { StoredEvent } from '../store/store.ts';
import { followLog } from './log-follower.ts';

const event = (seq: number): StoredEvent => ({ seq, stream: 'workspace', kind: 'member-joined', payload: '{}' });

function follow(log: StoredEvent[], from: () => number, onEvents: (events: StoredEvent[]) => void) {
  const gaps: number[] = [];
  const errors: unknown[] = [];
  const follower = followLog({
    store: {
      readAfter: async (seq) => log.filter((each) => each.seq > seq),
      range: async () => ({ log: '', from: from(), head: 0 }),
      version: async () => 0,
    },
    ...{ head: 0, onEvents, onGap: (seq: number) => void gaps.push(seq) },
    onError: (error) => void errors.push(error),
  });
  onTestFinished(() => follower.stop());
  return { follower, gaps, errors };
}

test('[G4.3] what could not be delivered is told as a gap, and the log is followed on', async () => {
  const log = [event(1), event(2)];
  const got: number[] = [];
  const { follower, gaps, errors } = follow(
    log,
    () => 0,
    (events) => {
      if (events.some(({ seq }) => seq === 2)) throw new Error('cannot be read');
      got.push(...events.map(({ seq }) => seq));
    },
  );
  follower.wake();
  await expect.poll(() => gaps).toEqual([2]);
  expect(errors).toHaveLength(1);
  log.push(event(3));
  follower.wake();
  await expect.poll(() => got).toEqual([3]);
});

test('[G4.3] a hole in the seqs is a gap only where the log was pruned', async () => {
  const got: number[] = [];
  let from = 0;
  const log = [event(1), event(3)];
  const { follower, gaps } = follow(
    log,
    () => from,
    (events) => void got.push(...events.map(({ seq }) => seq)),
  );
  follower.wake();
  await expect.poll(() => got).toEqual([1, 3]);
  log.push(event(5));
  follower.wake();
  await expect.poll(() => got).toEqual([1, 3, 5]);
  expect(gaps).toEqual([]);
  from = 8;
  log.push(event(9));
  follower.wake();
  await expect.poll(() => gaps).toEqual([8]);
  expect(got.at(-1)).toBe(9);
});
