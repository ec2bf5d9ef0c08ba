import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { JoinedChannel, Message } from '../../../shared/protocol.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { ForwardMessage } from '../messages/forward-message.tsx';
import { KeptMessages } from '../messages/kept-messages.tsx';
import { placeName } from '../place-name.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { messageQuery, pinsQuery, savedQuery } from './keep-queries.ts';
import { useSession } from './session-context.tsx';

/** What everybody of a channel should find. */
export function Pins({ channel, me, onClose }: { channel: JoinedChannel; me: WorkspaceData['me']; onClose(): void }) {
  const session = useSession();
  const { messages, messageDialogs } = useMorePhrases();
  const query = useQuery(pinsQuery(session, channel.id));
  const queryMessage = useCallback((id: number) => messageQuery(session, id), [session]);
  const unpin = (message: number) =>
    void session.ask.messages.pin.mutate({ message, on: false }).catch(() => query.refetch());
  return (
    <KeptMessages
      title={messageDialogs.pinsTitle(placeName(channel))}
      none={messageDialogs.noPins}
      query={query}
      kept={query.data?.pins.map(({ message, by }) => ({
        ...{ message, channel: channel.id },
        note: messageDialogs.pinnedBy(by.name),
      }))}
      queryMessage={queryMessage}
      removeLabel={messages.unpin}
      remove={me.role === 'guest' || channel.archived ? undefined : unpin}
      onClose={onClose}
    />
  );
}

/** What I put aside for myself, on all my devices. */
export function Saved({ workspace, onClose }: { workspace: WorkspaceData; onClose(): void }) {
  const session = useSession();
  const { messages, messageDialogs } = useMorePhrases();
  const query = useQuery(savedQuery(session));
  const queryMessage = useCallback((id: number) => messageQuery(session, id), [session]);
  const placeOf = (id: number) => {
    const channel = workspace.channels.find((one) => one.id === id);
    return channel ? placeName(channel) : '';
  };
  return (
    <KeptMessages
      title={messages.savedTitle}
      none={messageDialogs.noSaved}
      query={query}
      kept={query.data?.saved.map(({ message, channel }) => ({ message, channel, note: placeOf(channel) }))}
      queryMessage={queryMessage}
      removeLabel={messages.unsave}
      remove={(message) => void session.ask.messages.save.mutate({ message, on: false }).catch(() => query.refetch())}
      onClose={onClose}
    />
  );
}

export function Forward(props: { message: Message; workspace: WorkspaceData; onClose(): void }) {
  const { message, workspace, onClose } = props;
  const { ask, outbox } = useSession();
  return (
    <ForwardMessage
      message={message}
      channels={workspace.channels}
      forward={(channel, clientId) => ask.messages.forward.mutate({ message: message.id, channel, clientId })}
      comment={outbox.write}
      onClose={onClose}
    />
  );
}
