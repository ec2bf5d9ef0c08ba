import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Appended, StoredEvent } from '../store/store.ts';
import { followLog } from './log-follower.ts';

/** Numbers from 0 to 1, the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One log, written by this replica and by others, whose reads take their time. */
function createLog(random: () => number) {
  const events: StoredEvent[] = [];
  const readTurns = () => Math.floor(random() * 4);
  let reads = 0;
  return {
    events,
    get reads() {
      return reads;
    },
    /** Appends a few events, after a hole where seqs were allotted in vain. */
    commit(): Appended {
      const after = events.at(-1)?.seq ?? 0;
      let seq = after + (random() < 0.2 ? 2 : 1);
      const appended = Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
        const event = { seq, stream: 'workspace', kind: 'member-joined', payload: `{"seq":${seq}}` };
        seq += 1;
        return event;
      });
      events.push(...appended);
      return { after, events: appended.map((event) => ({ ...event })) };
    },
    store: {
      async readAfter(after: number, limit: number) {
        reads += 1;
        for (let turns = readTurns(); turns > 0; turns -= 1) await nextTurn();
        if (random() < 0.05) throw new Error('the disk is slow to answer');
        const found = events.filter(({ seq }) => seq > after).slice(0, limit);
        for (let turns = readTurns(); turns > 0; turns -= 1) await nextTurn();
        return found;
      },
      range: async () => ({ log: '', from: 0, head: events.at(-1)?.seq ?? 0 }),
      version: async () => events.at(-1)?.seq ?? 0,
    },
  };
}

test('[G2] [G4.1] however commits and hints of them cross, what is handed on is the log, each event once', async () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const random = randomFrom(seed);
    const log = createLog(random);
    const got: StoredEvent[] = [];
    const gaps: number[] = [];
    const follower = followLog({
      store: log.store,
      head: 0,
      onEvents: (events) => void got.push(...events),
      onGap: (seq) => void gaps.push(seq),
      onError: () => setImmediate(follower.wake), // sooner than the safety net would
    });
    const onTheirWay: Appended[] = [];
    for (let step = 0; step < 60; step += 1) {
      const chance = random();
      if (chance < 0.3) follower.offer(log.commit());
      else if (chance < 0.5) onTheirWay.push(log.commit());
      else if (chance < 0.7) {
        // In whatever order, some of them twice, some never.
        const [hint] = onTheirWay.splice(Math.floor(random() * onTheirWay.length), random() < 0.8 ? 1 : 0);
        if (hint !== undefined && random() < 0.8) follower.offer(hint);
        if (hint !== undefined && random() < 0.2) follower.offer(hint);
      } else if (chance < 0.8) follower.wake();
      else await nextTurn();
    }
    follower.offer(log.commit()); // whatever it follows, it tells of all before it
    await expect.poll(() => got.length, { interval: 1, message: `seed ${seed}` }).toBe(log.events.length);
    await follower.stop();
    expect(got, `seed ${seed}`).toEqual(log.events);
    expect(gaps).toEqual([]);
  }
});

test('what follows the log as it is known here is not read again', async () => {
  const log = createLog(() => 0.9);
  const got: StoredEvent[][] = [];
  const follower = followLog({
    store: log.store,
    head: 0,
    onEvents: (events) => void got.push(events),
    onGap: () => undefined,
    onError: () => undefined,
  });
  // Two in one turn go out together.
  for (const appended of [log.commit(), log.commit()]) follower.offer(appended);
  await nextTurn();
  expect(got).toEqual([log.events]);
  expect(log.reads).toBe(0);
  await follower.stop();
});
