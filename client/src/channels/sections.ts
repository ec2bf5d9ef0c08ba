import type { JoinedChannel, Sidebar } from '../../../shared/protocol.ts';
import { unreadIn } from './unread.ts';

export type Section = {
  /** `favourites`, `channels`, `direct`, or the id of one that the member made. */
  key: string;
  /** Of one that the member made. */
  name: string | undefined;
  /** All that belong here; of a collapsed one those are `shown` that are open or unread. */
  channels: JoinedChannel[];
  shown: JoinedChannel[];
  collapsed: boolean;
};

type Arrangement = {
  channels: readonly JoinedChannel[];
  sidebar: Sidebar;
  current: number | undefined;
  compare(a: string, b: string): number;
};

/** My channels as the sidebar has them, from the top down. Archived and closed ones are there only while they are open. */
export function sectionsOf({ channels, sidebar, current, compare }: Arrangement): Section[] {
  const own = new Set(sidebar.sections.map(({ id }) => id));
  const placeOf = ({ membership: { favourite, section }, direct }: JoinedChannel) => {
    if (favourite) return 'favourites';
    return section !== null && own.has(section) ? section : direct ? 'direct' : 'channels';
  };
  const listed = channels
    .filter((channel) => channel.id === current || !isOutOfTheWay(channel))
    .sort((a, b) => (sidebar.unreadFirst ? rank(a) - rank(b) : 0) || compare(a.name, b.name) || a.id - b.id);
  const byPlace = Map.groupBy(listed, placeOf);
  const section = (key: string, name?: string): Section => {
    const all = byPlace.get(key) ?? [];
    const collapsed = sidebar.collapsed.includes(key);
    const shown = collapsed ? all.filter((channel) => channel.id === current || unreadIn(channel) > 0) : all;
    return { key, name, channels: all, shown, collapsed };
  };
  const favourites = section('favourites');
  return [
    ...(favourites.channels.length > 0 ? [favourites] : []),
    ...sidebar.sections.map(({ id, name }) => section(id, name)),
    section('channels'),
    section('direct'),
  ];
}

/** Archived, or a direct conversation closed since its last message. */
export function isOutOfTheWay({ archived, lastNumber, membership }: JoinedChannel): boolean {
  return archived || membership.closedNumber === lastNumber;
}

function rank(channel: JoinedChannel): number {
  return unreadIn(channel) > 0 ? 0 : 1;
}

// How the member rearranges it: each gives the whole as it is from then on.

export function withCollapsed(sidebar: Sidebar, key: string, collapsed: boolean): Sidebar {
  const others = sidebar.collapsed.filter((one) => one !== key);
  return { ...sidebar, collapsed: collapsed ? [...others, key] : others };
}

export function withSection(sidebar: Sidebar, id: string, name: string): Sidebar {
  const known = sidebar.sections.some((section) => section.id === id);
  const sections = known
    ? sidebar.sections.map((section) => (section.id === id ? { id, name } : section))
    : [...sidebar.sections, { id, name }];
  return { ...sidebar, sections };
}

export function withoutSection(sidebar: Sidebar, id: string): Sidebar {
  const sections = sidebar.sections.filter((section) => section.id !== id);
  return { ...withCollapsed(sidebar, id, false), sections };
}
