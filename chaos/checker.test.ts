import { describe, expect, test } from 'vitest';
import type { Frame } from '../shared/protocol.ts';
import { check } from './checker.ts';
import { createSmallHistory, posted } from './testing/small-history.ts';

const none = { lost: 0, doubled: 0, reordered: 0, holes: 0, leaked: 0, stale: 0, untrue: 0, turnedAway: 0 };

type Small = ReturnType<typeof createSmallHistory>;

/** The verdict on the small history after a test has given the readers what it wants them to have had. */
function verdictOn(spoil: (small: Small) => void) {
  const small = createSmallHistory();
  spoil(small);
  const { examples: _, redelivered: __, ...found } = check(small.history());
  return found;
}

const wellServed = ({ deliver, readers, everything }: Small) => {
  deliver(readers[0], everything.first);
  deliver(readers[1], everything.second);
};

function servedWith(first: number[], second?: number[]) {
  return ({ deliver, readers, everything }: Small) => {
    deliver(readers[0], first);
    deliver(readers[1], second ?? everything.second);
  };
}

test('nothing is found where every promise was kept', () => {
  expect(verdictOn(wellServed)).toEqual(none);
});

describe('[G1] [G3] what was written', () => {
  test('an acknowledged message that the log lacks is lost', () => {
    const found = verdictOn((small) => {
      small.events.pop();
      servedWith([5, 6, 7, 9, 10, 12, 13], [5, 6, 7, 8, 11, 12, 13])(small);
    });
    expect(found).toEqual({ ...none, lost: 1 });
  });

  test('one that stands at another place than was acknowledged is lost', () => {
    const found = verdictOn((small) => {
      small.events.splice(-2, 2, posted(13, 12, 'f'), posted(14, 13, 'e'));
      wellServed(small);
    });
    expect(found).toEqual({ ...none, lost: 2 });
  });

  test('a message that is stored twice is doubled', () => {
    const found = verdictOn((small) => {
      small.events.push(posted(15, 14, 'f'));
      servedWith([...small.everything.first, 15], [...small.everything.second, 15])(small);
    });
    expect(found).toEqual({ ...none, doubled: 1 });
  });

  test('an event that names another predecessor than the log has is a hole', () => {
    const found = verdictOn((small) => {
      small.events.push(posted(15, 13, 'g'));
      servedWith([...small.everything.first, 15], [...small.everything.second, 15])(small);
    });
    expect(found).toEqual({ ...none, holes: 1 });
  });
});

test('[G7] whoever was in a channel all the while was turned away wrongly, and whoever had left rightly', () => {
  // Member 2 is in channel 1 from #3 to #8 and from #11 on.
  const turned = (joinedAfter: number, before: number, member = 2) => {
    const small = createSmallHistory();
    wellServed(small);
    return check({ ...small.history(), turnedAway: [{ member, channel: 1, joinedAfter, before }] }).turnedAway;
  };
  const open = Number.POSITIVE_INFINITY;
  expect([turned(2, 7), turned(9, 14), turned(9, open), turned(0, open, 1)]).toEqual([1, 1, 1, 1]);
  expect([turned(2, 9), turned(2, 10), turned(2, 13), turned(2, open), turned(0, open, 3)]).toEqual([0, 0, 0, 0, 0]);
});

describe('[G2] [G4] what a reader got', () => {
  test('one that is missing is lost, and the next one shows the hole', () => {
    expect(verdictOn(servedWith([5, 7, 9, 10, 12, 13, 14]))).toEqual({ ...none, lost: 1, holes: 1 });
  });

  test('a last one that is missing is lost, though no predecessor can show it', () => {
    expect(verdictOn(servedWith([5, 6, 7, 9, 10, 12, 13]))).toEqual({ ...none, lost: 1 });
  });

  test('a hole that is mended later isn’t counted', () => {
    const found = verdictOn((small) => {
      servedWith([5, 7])(small);
      hello(small, 5);
      small.deliver(small.readers[0], [6, 7, 9, 10, 12, 13, 14]);
    });
    expect(found).toEqual(none);
  });

  test('one that comes twice is doubled', () => {
    expect(verdictOn(servedWith([5, 6, 6, 7, 9, 10, 12, 13, 14]))).toEqual({ ...none, doubled: 1 });
  });

  test('one that comes again after a cursor that includes it is doubled', () => {
    const found = verdictOn((small) => {
      servedWith([5, 6, 7])(small);
      hello(small, 7);
      small.deliver(small.readers[0], [7, 9, 10, 12, 13, 14]);
    });
    expect(found).toEqual({ ...none, doubled: 1 });
  });

  test('two that change places are reordered', () => {
    expect(verdictOn(servedWith([5, 6, 9, 7, 10, 12, 13, 14]))).toEqual({ ...none, reordered: 1 });
  });

  test('a hello with another head than the log had is untrue', () => {
    const found = verdictOn((small) => {
      servedWith([5, 6, 7])(small);
      hello(small, 7, 6);
      small.deliver(small.readers[0], [9, 10, 12, 13, 14]);
    });
    expect(found).toEqual({ ...none, untrue: 1 });
  });

  test('after a resync nothing before it is asked for, and everything after it is', () => {
    const resync = (small: Small, rest: number[]) => {
      servedWith([5])(small);
      const heads = { 'channel:1': 10, 'member:1': 1, workspace: 0 };
      small.readers[0].take('aaaaaaaaaaaa.10', { kind: 'resync', head: 10, heads } as unknown as Frame);
      small.deliver(small.readers[0], rest);
    };
    expect(verdictOn((small) => resync(small, [12, 13, 14]))).toEqual(none);
    expect(verdictOn((small) => resync(small, [12, 14]))).toEqual({ ...none, lost: 1, holes: 1 });
  });

  test('a snapshot and a page that differ from the log at their own cursor are untrue', () => {
    const found = verdictOn((small) => {
      wellServed(small);
      const heads = { 'channel:1': 10, 'member:1': 1, workspace: 0 } as const;
      small.readers[0].snapshots.push({ cursor: 10, atLeast: 4, heads, channels: [{ id: 1, lastNumber: 4 }] });
      small.readers[0].snapshots.push({ cursor: 10, atLeast: 4, heads, channels: [{ id: 1, lastNumber: 3 }] });
      small.readers[0].snapshots.push({ cursor: 10, atLeast: 12, heads, channels: [{ id: 1, lastNumber: 4 }] });
      small.readers[0].pages.push({ channel: 1, cursor: 10, ids: [9, 10], older: true });
      small.readers[0].pages.push({ channel: 1, cursor: 10, ids: [6, 10], older: true });
    });
    expect(found).toEqual({ ...none, untrue: 3 });
  });
});

describe('[G6] who may see what', () => {
  test('one that comes after leaving, or before coming back, is leaked', () => {
    expect(verdictOn(servedWith([5, 6, 7, 9, 10, 12, 13, 14], [5, 6, 7, 8, 9, 11, 12, 13, 14]))).toEqual({
      ...none,
      leaked: 1,
    });
  });

  test('what came just before leaving may be withheld, but nothing from between', () => {
    const all = [5, 6, 7, 9, 10, 12, 13, 14];
    expect(verdictOn(servedWith(all, [5, 8, 11, 12, 13, 14]))).toEqual(none);
    expect(verdictOn(servedWith(all, [5, 7, 8, 11, 12, 13, 14]))).toEqual({ ...none, lost: 1, holes: 1 });
  });

  test('a channel’s events are owed from the moment of joining on', () => {
    const all = [5, 6, 7, 9, 10, 12, 13, 14];
    expect(verdictOn(servedWith(all, [5, 6, 7, 8, 11, 13, 14]))).toEqual({ ...none, lost: 1, holes: 1 });
  });
});

describe('typing and presence', () => {
  test('typing that nobody did, or did long ago, is stale', () => {
    const small = createSmallHistory();
    wellServed(small);
    const history = small.history();
    history.ephemeral.said.push({ member: 1, channel: 1, saidAt: 1_000, settledAt: 1_010 });
    for (const at of [1_005, 9_000, 17_000])
      small.observer.take(at, { kind: 'typing', channel: 1, member: 1, name: 'A' });
    small.observer.take(1_005, { kind: 'typing', channel: 2, member: 1, name: 'A' });
    expect(check(history)).toMatchObject({ ...none, stale: 2 });
  });

  test('somebody who left long ago and is still shown is stale, and so is somebody who is there and isn’t shown', () => {
    const small = createSmallHistory();
    wellServed(small);
    const history = small.history();
    history.ephemeral.connections.splice(1, 1, { member: 2, openedAt: 0, closedAt: 40_000 });
    expect(check(history)).toMatchObject({ ...none, stale: 1 });
    small.observer.take(41_000, { kind: 'presence-changed', online: [], offline: [2] });
    expect(check(history)).toMatchObject(none);
    small.observer.take(42_000, { kind: 'presence-changed', online: [], offline: [1] });
    expect(check(history)).toMatchObject({ ...none, stale: 1 });
  });

  test('who came or went a moment ago needn’t be known yet', () => {
    const small = createSmallHistory();
    wellServed(small);
    const history = small.history();
    history.ephemeral.connections.splice(1, 1, { member: 2, openedAt: 0, closedAt: 55_000 });
    history.ephemeral.connections.push({ member: 3, openedAt: 55_000, closedAt: Number.POSITIVE_INFINITY });
    expect(check(history)).toMatchObject(none);
  });
});

/** Reader 1 comes back with a cursor, to a log whose head is #7. */
function hello({ readers }: Small, cursor: number, channelHead = 7): void {
  const heads = { 'channel:1': channelHead, 'member:1': 1, workspace: 0 };
  const frame = { kind: 'hello', log: 'aaaaaaaaaaaa', head: 7, heads } as unknown as Frame;
  readers[0].take(`aaaaaaaaaaaa.${cursor}`, frame);
}
