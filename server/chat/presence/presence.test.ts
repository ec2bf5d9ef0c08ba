import { expect, test } from 'vitest';
import { createPresence } from './presence.ts';

test('somebody with two connections stays online when one closes', () => {
  const presence = createPresence();
  presence.connected(1);
  presence.connected(1);
  expect(presence.takeChanges().own).toEqual({ online: [1], offline: [] });
  presence.disconnected(1);
  expect(presence.takeChanges().own).toEqual({ online: [], offline: [] });
  presence.disconnected(1);
  expect(presence.takeChanges().own).toEqual({ online: [], offline: [1] });
});

test('a move from one replica to another, seen from a third, changes nothing', () => {
  const presence = createPresence();
  presence.replaced('chat-1', [1, 2]);
  presence.takeChanges();
  presence.changed('chat-2', { online: [1], offline: [] });
  presence.changed('chat-1', { online: [], offline: [1] });
  expect(presence.takeChanges().everywhere).toEqual({ online: [], offline: [] });
  presence.lost('chat-1');
  expect(presence.takeChanges().everywhere).toEqual({ online: [], offline: [2] });
  expect(presence.toldAll()).toEqual({ online: [1], away: [] });
});

test('who asks while somebody is away for less than one telling misses nobody: all changes follow what was told', () => {
  const presence = createPresence();
  presence.connected(1);
  presence.replaced('chat-2', [2]);
  presence.takeChanges();
  presence.disconnected(1);
  presence.lost('chat-2');
  const asked = { own: presence.toldOwn(), all: presence.toldAll() };
  presence.connected(1);
  presence.replaced('chat-2', [2]);
  const nothing = { online: [], offline: [] };
  expect(presence.takeChanges()).toMatchObject({ own: nothing, everywhere: nothing });
  expect(asked).toEqual({ own: { online: [1], away: [] }, all: { online: [1, 2], away: [] } });
});

test('[P.3] somebody is away while nobody touches any of their devices, on whichever replica those are', () => {
  const presence = createPresence();
  presence.connected(1);
  presence.connected(1);
  presence.takeChanges();
  presence.setAway(1, true);
  expect(presence.takeChanges().everywhere).toEqual({ online: [], offline: [] });
  presence.setAway(1, true);
  expect(presence.takeChanges()).toMatchObject({ own: { online: [], offline: [], away: [1] } });
  expect(presence.toldAll()).toEqual({ online: [1], away: [1] });
  // A third device, elsewhere and in use; then that one rests as well.
  presence.changed('chat-2', { online: [1], offline: [] });
  expect(presence.takeChanges()).toMatchObject({ own: { online: [] }, everywhere: { online: [1], offline: [] } });
  presence.changed('chat-2', { online: [], offline: [], away: [1] });
  expect(presence.takeChanges().everywhere).toEqual({ online: [], offline: [], away: [1] });
  // Who comes and is away already is told as both, for whoever knows nothing of away.
  presence.replaced('chat-3', [2], [2]);
  expect(presence.takeChanges().everywhere).toEqual({ online: [2], offline: [], away: [2] });
});

test('[P.3] a device that was away and closes leaves nothing behind', () => {
  const presence = createPresence();
  presence.connected(1);
  presence.connected(1);
  presence.setAway(1, true);
  presence.setAway(1, false); // as its connection ends
  presence.disconnected(1);
  presence.takeChanges();
  expect(presence.toldOwn()).toEqual({ online: [1], away: [] });
});

test('[P.4] whose last connection here has closed, or whose replica was lost, has just been seen', () => {
  const presence = createPresence();
  presence.connected(1);
  presence.replaced('chat-2', [2]);
  presence.takeChanges();
  presence.disconnected(1);
  presence.lost('chat-2');
  expect(presence.takeChanges().gone).toEqual([1, 2]);
  expect(presence.takeChanges().gone).toEqual([]);
});
