import { expect, test } from 'vitest';
import type { JoinedChannel, Membership, Sidebar } from '../../../shared/protocol.ts';
import { sectionsOf, withCollapsed, withoutSection, withSection } from './sections.ts';

const membership: Membership = {
  owner: false,
  level: 'all',
  muted: false,
  favourite: false,
  section: null,
  closedNumber: null,
};
const sidebar: Sidebar = { sections: [], collapsed: [], unreadFirst: false };

function channel(id: number, name: string, more: Partial<JoinedChannel> = {}, mine: Partial<Membership> = {}) {
  const base = { id, name, topic: '', description: '', private: false, direct: false, archived: false, createdAt: 0 };
  return {
    ...base,
    lastNumber: 5,
    readNumber: 5,
    readGeneration: 0,
    mentions: 0,
    people: [],
    ...more,
    membership: { ...membership, ...mine },
  };
}

function shown(channels: JoinedChannel[], as: Sidebar = sidebar, current?: number) {
  const sections = sectionsOf({ channels, sidebar: as, current, compare: (a, b) => a.localeCompare(b) });
  return sections.map(({ key, shown }) => [key, ...shown.map(({ name }) => name)].join(' '));
}

test('favourites come first, then the sections that the member made, channels and direct conversations', () => {
  const channels = [
    channel(1, 'b'),
    channel(2, 'a'),
    channel(3, 'Bea', { direct: true }),
    channel(4, 'fav', {}, { favourite: true, section: 's1' }),
    channel(5, 'own', {}, { section: 's1' }),
    channel(6, 'lost', {}, { section: 'gone' }),
  ];
  const made = withSection(sidebar, 's1', 'School');
  expect(shown(channels, made)).toEqual(['favourites fav', 's1 own', 'channels a b lost', 'direct Bea']);
  expect(shown(channels, withoutSection(made, 's1'))).toEqual([
    'favourites fav',
    'channels a b lost own',
    'direct Bea',
  ]);
});

test('archived channels and closed conversations are out of the way until opened, or something new is said', () => {
  const channels = [
    channel(1, 'old', { archived: true }),
    channel(2, 'Bea', { direct: true }, { closedNumber: 5 }),
    channel(3, 'Carlos', { direct: true, lastNumber: 6 }, { closedNumber: 5 }),
  ];
  expect(shown(channels)).toEqual(['channels', 'direct Carlos']);
  expect(shown(channels, sidebar, 1)).toEqual(['channels old', 'direct Carlos']);
  expect(shown(channels, sidebar, 2)).toEqual(['channels', 'direct Bea Carlos']);
});

test('a collapsed section shows what is unread and what is open; a muted channel is never unread', () => {
  const unread = { lastNumber: 9 };
  const channels = [
    channel(1, 'a'),
    channel(2, 'b', unread),
    channel(3, 'c', unread, { muted: true }),
    channel(4, 'd'),
  ];
  const folded = withCollapsed(sidebar, 'channels', true);
  expect(shown(channels, folded, 4)).toEqual(['channels b d', 'direct']);
  expect(shown(channels, { ...sidebar, unreadFirst: true })).toEqual(['channels b a c d', 'direct']);
  expect(shown(channels, withCollapsed(folded, 'channels', false))).toEqual(['channels a b c d', 'direct']);
});
