import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../../shared/protocol.ts';
import { createCell, useBusyCell, useCell } from '../cell.ts';
import type { CountedChannel } from '../channels/unread.ts';
import { isOnline } from '../connection/connection-state.ts';
import { later } from '../design/later.tsx';
import { pickEmoji } from '../emoji/pick-emoji.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from '../loading/with-phrases.ts';
import { Announcer } from '../messages/announcer.tsx';
import { ConversationView } from '../messages/conversation-view.tsx';
import { MessageActionsProvider } from '../messages/message-actions-provider.tsx';
import { TypingLine } from '../presence/typing-line.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { trimConversation } from './conversation-queries.ts';
import { useSession } from './session-context.tsx';
import { useCrowdCheck } from './use-crowd-check.tsx';
import { useKeeping } from './use-keeping.ts';
import { useMessageCalls } from './use-message-calls.ts';
import { usePlace } from './use-place.ts';
import { useUntold } from './use-untold.tsx';

const ThreadCalls = later(withPhrases(async () => (await import('./thread-calls.tsx')).ThreadCalls));

type OpenChannelProps = {
  channel: CountedChannel;
  message: number | undefined;
  me: WorkspaceData['me'];
  owner: string;
  openThread(root: number): void;
  forward(message: Message): void;
};

/** What is said in a channel, and the composer: everything below its header. */
export function OpenChannel({ channel, message, me, owner, openThread, forward }: OpenChannelProps) {
  const phrases = usePhrases();
  const session = useSession();
  const { ask, outbox } = session;
  const { id, readGeneration: generation } = channel;
  const place = usePlace(id, message);
  const online = isOnline(useCell(session.follower.state));
  const latest = useBusyCell(session.latest);
  const [, navigate] = useLocation();

  useEffect(() => {
    try {
      localStorage.setItem(`ronda.channel.${owner}`, String(id));
    } catch {
      // Then the first channel opens next time.
    }
  }, [id, owner]);

  const { toNewest } = place;
  const leaveMessage = useCallback(() => {
    toNewest();
    // A reload shall not go back to the message, and its link shall lead there again.
    if (message !== undefined) navigate(`/channels/${id}`, { replace: true });
  }, [toNewest, navigate, message, id]);
  const trim = useCallback(() => trimConversation(session, id), [session, id]);

  const actions = useMemo(
    () => ({ retry: outbox.retry, edit: outbox.edit, remove: outbox.remove, detach: outbox.detach }),
    [outbox],
  );
  const markRead = useCallback(
    (readNumber: number) => ask.channels.markRead.mutate({ channel: id, readNumber, generation }),
    [ask, id, generation],
  );
  const calls = useMessageCalls(session);
  const [editing] = useState(() => createCell<number | undefined>(undefined));
  const [quoting] = useState(() => createCell<Message | undefined>(undefined));
  const keeping = useKeeping(id);
  const conversation = useRef(place.shown);
  conversation.current = place.shown;
  const personOf = useCallback((member: number) => conversation.current?.people[member], []);
  const editLast = () => {
    const mine = place.newest.data?.messages.findLast(
      ({ author, deletedBy }) => author === me.id && deletedBy === undefined,
    );
    if (mine === undefined) return;
    if (place.shown !== place.newest.data) leaveMessage();
    editing.set(mine.id);
  };
  const untold = useUntold(channel, me);
  const crowd = useCrowdCheck(channel, (text, attachments) => {
    untold.wrote(text);
    outbox.write(id, text, { quotes: quoting.get()?.id, attachments });
    quoting.set(undefined);
  });
  // A reply that is in its thread alone is read out to whoever has that open.
  const announced = latest?.message.channel === id && latest.message.number > 0 ? latest : undefined;

  return (
    <MessageActionsProvider
      me={me}
      calls={calls}
      editing={editing}
      personOf={personOf}
      pickEmoji={pickEmoji}
      openThread={openThread}
      quoting={quoting}
      forward={forward}
      {...keeping}
    >
      <ConversationView
        channel={channel}
        place={{ ...place, toNewest: leaveMessage }}
        me={me}
        owner={owner}
        outbox={useCell(outbox.entries)}
        actions={actions}
        send={crowd.send}
        quoting={useCell(quoting)}
        untold={untold.line}
        editLast={editLast}
        onTyping={() => session.nearby.type(id, undefined)}
        typing={<TypingLine channel={id} me={me.id} />}
        markRead={markRead}
        threadCalls={(channel.inThreads ?? 0) > 0 && <ThreadCalls channel={id} openThread={openThread} />}
        online={online}
        trim={trim}
        closed={
          channel.archived ? (
            <p className="channel-closed" role="status">
              {phrases.channels.archivedText}
            </p>
          ) : undefined
        }
      />
      {crowd.dialog}
      <Announcer posted={announced} />
    </MessageActionsProvider>
  );
}
