import { type ReactNode, useMemo } from 'react';
import { ChannelNames } from '../markdown/channel-names.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';

type ChannelNamesProviderProps = { channels: WorkspaceData['channels']; children: ReactNode };

/** Lets the names of my channels lead there from every text. */
export function ChannelNamesProvider({ channels, children }: ChannelNamesProviderProps) {
  const named = channels.flatMap(({ id, name, direct }) => (direct ? [] : [[name.toLowerCase(), id] as const]));
  // Unread counts change all the time, names hardly ever: the texts are drawn again for these only.
  const key = JSON.stringify(named);
  const names = useMemo(() => new Map(JSON.parse(key) as [string, number][]), [key]);
  return <ChannelNames value={names}>{children}</ChannelNames>;
}
