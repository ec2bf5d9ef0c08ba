import { useMemo } from 'react';
import { isOutOfTheWay, type Section, sectionsOf } from '../channels/sections.ts';
import { useFormats } from '../language/use-phrases.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

/** The sidebar's sections, and which channel is open: the one asked for, else that of last time, else the first. */
export function useChannelOrder(
  data: WorkspaceData | undefined,
  owner: string | undefined,
  asked: number | undefined,
): readonly [readonly Section[], number | undefined] {
  const { compare } = useFormats();
  const { channels, sidebar } = data ?? {};
  return useMemo(() => {
    if (channels === undefined || sidebar === undefined) return [[], asked];
    const listed = (current: number | undefined) => sectionsOf({ channels, sidebar, current, compare });
    const inSight = channels.filter((channel) => !isOutOfTheWay(channel));
    const chosen = asked ?? lastOpened(owner, inSight);
    if (chosen !== undefined) return [listed(chosen), chosen];
    const first = listed(undefined);
    return [first, first.flatMap((section) => section.channels)[0]?.id];
  }, [channels, sidebar, compare, asked, owner]);
}

function lastOpened(owner: string | undefined, channels: { id: number }[]): number | undefined {
  try {
    const id = Number(localStorage.getItem(`ronda.channel.${owner}`));
    return channels.some((channel) => channel.id === id) ? id : undefined;
  } catch {
    return undefined;
  }
}
