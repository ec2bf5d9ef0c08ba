import { expect, test } from 'vitest';
import {
  type ClusterState,
  type ClusterView,
  connectionsOf,
  emptyView,
  landed,
  shownState,
  viewAfter,
} from './cluster-view.ts';

function stateWith(turns: Record<string, number>): ClusterState {
  const replicas = Object.entries(turns).map(([id, connections]) => ({ id, assigned: { connections, requests: 0 } }));
  return { at: 0, waiting: 0, replicas } as unknown as ClusterState;
}

const after = (...states: Record<string, number>[]): ClusterView =>
  states.reduce((view, turns) => viewAfter(view, { kind: 'state', state: stateWith(turns) }), emptyView);

test('the rates are the turns between two states, of two minutes at most, and never below zero', () => {
  expect(after({ one: 5 }).rates).toEqual({});
  expect(after({ one: 5 }, { one: 9 }, { one: 9 }, { one: 2 }, { one: 3 }).rates).toEqual({ one: [4, 0, 0, 1] });
  const many = Array.from({ length: 300 }, (_, index) => ({ one: index }));
  expect(after(...many).rates.one).toHaveLength(120);
});

test('a turn flies until it has landed, and a storm of them stays bounded', () => {
  let view = emptyView;
  for (let index = 0; index < 500; index += 1)
    view = viewAfter(view, { kind: 'assigned', work: 'connections', replica: 'one' });
  expect(view.turns).toBe(500);
  expect(view.flights).toHaveLength(60);
  expect(landed(view, 499).flights.map(({ id }) => id)).not.toContain(499);
});

test('one that is gone for a moment is seen to be, however fast it comes back', () => {
  const seen = (view: ClusterView) => shownState(view, { id: 'one', state: view.state?.replicas[0]?.state ?? 'up' });
  const told = (at: number) => ({ kind: 'state' as const, state: { ...stateWith({ one: 0 }), at } });
  let view = viewAfter(emptyView, told(1_000));
  for (const to of ['starting', 'up'])
    view = viewAfter(view, { kind: 'changed', at: 1_500, replica: 'one', to, cause: '' });
  expect([seen(view), seen(viewAfter(view, told(2_000))), seen(viewAfter(view, told(4_000)))]).toEqual([
    'down',
    'down',
    'up',
  ]);
});

test('the connection of the page itself is not among those that it counts, also while it is on its way', () => {
  const counted = [connectionsOf({ id: 'one', tunnels: 21 }, 'one'), connectionsOf({ id: 'two', tunnels: 20 }, 'one')];
  expect(counted).toEqual([20, 20]);
  expect(connectionsOf({ id: 'one', tunnels: 0 }, 'one')).toBe(0);
  expect(connectionsOf({ id: 'one', tunnels: 3 }, undefined)).toBe(3);
});

test('the newest changes come first, each with an id of its own', () => {
  let view = emptyView;
  for (const to of ['down', 'starting', 'up'])
    view = viewAfter(view, { kind: 'changed', at: 1, replica: 'one', to, cause: '' });
  expect(view.changes.map(({ id, to }) => `${id} ${to}`)).toEqual(['3 up', '2 starting', '1 down']);
});
