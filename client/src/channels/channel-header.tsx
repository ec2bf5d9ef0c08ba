import type { ReactNode } from 'react';
import type { Channel, Person } from '../../../shared/protocol.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { ChannelIcon } from './channel-icon.tsx';
import './channels.css';

type ChannelHeaderProps = {
  channel: Channel & { people?: Person[] };
  /** Before the title (the drawer's button) and after it. */
  before?: ReactNode;
  after?: ReactNode;
  onDetails?: (() => void) | undefined;
};

export function ChannelHeader({ channel, before, after, onDetails }: ChannelHeaderProps) {
  const { channels, workspace } = usePhrases();
  const title = (
    <>
      <ChannelIcon channel={channel} />
      <bdi className="channel-name">{channel.name}</bdi>
      {channel.private && !channel.direct && <span className="unseen">, {channels.privateChannel}</span>}
      {isLeft(channel) && <span className="channel-mark">{workspace.former}</span>}
      {channel.archived && <span className="channel-mark">{channels.archived}</span>}
    </>
  );
  return (
    <header className="channel-header">
      {before}
      <div className="channel-title">
        <h1>
          {onDetails ? (
            <button type="button" onClick={onDetails} title={channels.details}>
              {title}
            </button>
          ) : (
            title
          )}
        </h1>
        {channel.topic !== '' && (
          <p dir="auto" title={channel.topic}>
            {channel.topic}
          </p>
        )}
      </div>
      {after}
    </header>
  );
}

/** Nobody reads what is written in a conversation that everyone else was removed from. */
function isLeft({ people = [] }: { people?: Person[] }): boolean {
  return people.length > 0 && people.every(({ former }) => former);
}
