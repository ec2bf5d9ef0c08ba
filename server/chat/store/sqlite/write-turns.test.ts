import { expect, test } from 'vitest';
import { createWriteTurns } from './write-turns.ts';

test('of the replicas that write, the turn is that of whoever has waited longest; who has stopped is passed over', () => {
  let nowMs = 0;
  const names = ['chat-1', 'chat-2', 'chat-3'];
  const replicas = names.map((name) => ({ name, turns: createWriteTurns(name, () => nowMs) }));
  const commit = (name: string, size = 64) => {
    nowMs += 5;
    for (const { turns } of replicas) turns.committed(name, size);
  };
  /** Whose it is, of those who didn't commit just now. */
  const nextAfter = (name: string) =>
    replicas.filter((replica) => replica.name !== name && replica.turns.isOwn()).map((replica) => replica.name);

  for (const name of names) commit(name);
  expect(nextAfter('chat-3')).toEqual(['chat-1']);
  commit('chat-2'); // out of turn
  expect(nextAfter('chat-2')).toEqual(['chat-1']);
  for (const name of names) commit(name, 1);
  expect(nextAfter('chat-3')).toEqual(['chat-1', 'chat-2']); // little to write: whoever comes first
  for (const name of names) commit(name);
  for (let turn = 0; turn < 12; turn += 1) commit(turn % 2 === 0 ? 'chat-3' : 'chat-2');
  // The first has stopped writing: nobody waits for it, though it may have a turn at any time.
  expect(nextAfter('chat-2')).toEqual(['chat-1', 'chat-3']);
});

test('a replica that has not committed yet, or is alone, waits for nobody', () => {
  const turns = createWriteTurns('chat-1', () => 0);
  expect(turns.isOwn()).toBe(true);
  turns.committed('chat-2', 64);
  expect(turns.isOwn()).toBe(true);
  turns.committed('chat-1', 64);
  expect(createWriteTurns('chat-3', () => 0).isOwn()).toBe(true);
});
