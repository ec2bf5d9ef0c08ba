import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'wouter';
import type { ChannelDirectory, ListedChannel } from '../../../shared/protocol.ts';
import { foldName } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault, Field } from '../design/field.tsx';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

type BrowseChannelsProps = {
  directory: UseQueryResult<ChannelDirectory>;
  join(channel: number): Promise<unknown>;
  goTo(channel: number): void;
  onCreate: (() => void) | undefined;
  onClose(): void;
};

export function BrowseChannels({ directory, join, goTo, onCreate, onClose }: BrowseChannelsProps) {
  const { channels, actions, channelDialogs } = useMorePhrases();
  const explain = useExplain();
  const [search, setSearch] = useState('');
  const [fault, setFault] = useState<string>();
  const sought = foldName(search);
  const all = directory.data?.channels ?? [];
  const found = all.filter(({ name, topic }) => foldName(`${name} ${topic}`).includes(sought)).sort(byName);

  const alive = found.filter((channel) => !channel.archived);
  const archived = found.filter((channel) => channel.archived);

  const choose = async ({ id, joined }: ListedChannel) => {
    try {
      setFault(undefined);
      if (!joined) await join(id);
      goTo(id);
      onClose();
    } catch (error) {
      setFault(explain(error));
    }
  };

  return (
    <Dialog title={channels.browse} closeLabel={actions.close} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const first = alive[0] ?? archived[0];
          if (first) void choose(first);
        }}
      >
        <Field
          label={channelDialogs.search}
          type="search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          autoComplete="off"
        />
      </form>
      <Fault>{directory.isError ? explain(directory.error) : fault}</Fault>
      <ul className="directory" aria-label={channels.heading} aria-busy={directory.isPending}>
        {alive.map((channel) => (
          <Entry key={channel.id} channel={channel} join={() => void choose(channel)} onClose={onClose} />
        ))}
      </ul>
      {archived.length > 0 && (
        <details className="directory-archived">
          <summary>{channelDialogs.archivedHeading}</summary>
          <ul className="directory" aria-label={channelDialogs.archivedHeading}>
            {archived.map((channel) => (
              <Entry key={channel.id} channel={channel} join={() => void choose(channel)} onClose={onClose} />
            ))}
          </ul>
        </details>
      )}
      {directory.isSuccess && found.length === 0 && (
        <p className="dialog-note">{all.length === 0 ? channelDialogs.none : channelDialogs.noneFound}</p>
      )}
      {onCreate && (
        <div className="dialog-actions">
          <Button onClick={onCreate}>
            <Icon name="plus" />
            {channels.create}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Entry({ channel, join, onClose }: { channel: ListedChannel; join(): void; onClose(): void }) {
  const { channels, channelDialogs } = useMorePhrases();
  return (
    <li>
      <Icon name={channel.private ? 'lock' : 'hash'} />
      <div>
        <strong>
          <bdi>{channel.name}</bdi>
        </strong>
        <span dir="auto">
          {channels.members(channel.members)}
          {channel.topic !== '' && ` · ${channel.topic}`}
        </span>
      </div>
      {channel.joined ? (
        <Link className="button" data-kind="plain" data-size="small" href={`/channels/${channel.id}`} onClick={onClose}>
          {channelDialogs.open}
        </Link>
      ) : (
        <Button size="small" onClick={join} aria-label={channels.joinNamed(channel.name)}>
          {channels.join}
        </Button>
      )}
    </li>
  );
}

function byName(a: ListedChannel, b: ListedChannel): number {
  return a.name.localeCompare(b.name);
}
