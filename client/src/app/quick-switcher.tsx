import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { type CountedChannel, mentionsIn } from '../channels/unread.ts';
import type { IconName } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { recentPlaces } from '../search/recent-places.ts';
import { Switcher, type SwitcherOption } from '../search/switcher.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { OpenDialog } from './chat-dialogs.tsx';
import { directoryQuery, searchPeople } from './queries.ts';
import { useSession } from './session-context.tsx';
import { untilJoined } from './until-joined.ts';
import { useCommands } from './use-commands.ts';

type QuickSwitcherProps = {
  workspace: WorkspaceData;
  owner: string;
  open(dialog: OpenDialog | undefined): void;
  search(typed: string): void;
  goTo(channel: number): void;
  onClose(): void;
};

/** Channels, people and commands, joined to what each leads to. */
export function QuickSwitcher({ workspace, owner, open, search, goTo, onClose }: QuickSwitcherProps) {
  const session = useSession();
  const [typed, setTyped] = useState('');
  const { switcher } = useMorePhrases();
  const commands = useCommands(workspace, open, search);
  const { data: people } = useQuery({
    queryKey: ['people', 'switcher', typed],
    queryFn: ({ signal }) => searchPeople(session)({ query: typed.slice(0, 40) }, signal),
    enabled: typed !== '',
    placeholderData: (before) => before,
    gcTime: 60_000,
  });
  const { data: directory } = useQuery(directoryQuery(session));
  const { channels, me } = workspace;

  const options = useMemo<SwitcherOption[]>(() => {
    const recent = recentPlaces(owner);
    const alone = new Set(
      channels.flatMap(({ direct, people }) => (direct && people.length === 1 ? people : [])).map(({ id }) => id),
    );
    const joined = channels.map((channel) => ({
      key: `channel ${channel.id}`,
      icon: iconOf(channel),
      label: channel.name,
      detail: channel.direct ? undefined : channel.topic || undefined,
      unread: Math.max(mentionsIn(channel), channel.lastNumber - channel.readNumber),
      mentions: mentionsIn(channel),
      direct: channel.direct,
      first: firstOf(channel, recent),
      run: () => goTo(channel.id),
    }));
    const others = (directory?.channels ?? [])
      .filter((channel) => !channel.joined && !channels.some(({ id }) => id === channel.id))
      .map(({ id, name }) => ({
        key: `channel ${id}`,
        icon: 'hash' as const,
        label: name,
        detail: switcher.notIn,
        run: () => goTo(id),
      }));
    const found = (people?.people ?? [])
      .filter(({ id }) => id !== me.id && !alone.has(id))
      .map(({ id, name }) => ({
        key: `person ${id}`,
        icon: 'people' as const,
        label: name,
        detail: switcher.person,
        run: async () => {
          const direct = await session.ask.channels.openDirect.mutate({ people: [id] });
          await untilJoined(session, direct.id);
          goTo(direct.id);
        },
      }));
    return [...joined, ...others, ...found, ...commands];
  }, [channels, directory, people, commands, owner, me.id, session, goTo, switcher]);

  return <Switcher options={options} onTyped={setTyped} search={search} onClose={onClose} />;
}

/** What mentions me, what is unread, where I was; each in that order. */
function firstOf(channel: CountedChannel, recent: readonly number[]): number | undefined {
  const { id, lastNumber, readNumber, membership, archived } = channel;
  const mentions = mentionsIn(channel);
  if (archived) return undefined;
  if (mentions > 0) return 3_000 + mentions;
  if (lastNumber > readNumber && !membership.muted) return 2_000;
  const place = recent.indexOf(id);
  if (place === 0) return undefined; // one is there
  return place === -1 ? 100 : 1_000 - place;
}

function iconOf({ direct, private: isPrivate }: JoinedChannel): IconName {
  if (direct) return 'message';
  return isPrivate ? 'lock' : 'hash';
}
