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
  presence.changed('chat-2', [1], []);
  presence.changed('chat-1', [], [1]);
  expect(presence.takeChanges().everywhere).toEqual({ online: [], offline: [] });
  presence.lost('chat-1');
  expect(presence.takeChanges().everywhere).toEqual({ online: [], offline: [2] });
  expect(presence.toldAll()).toEqual([1]);
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
  expect(presence.takeChanges()).toEqual({ own: { online: [], offline: [] }, everywhere: { online: [], offline: [] } });
  expect(asked).toEqual({ own: [1], all: [1, 2] });
});
