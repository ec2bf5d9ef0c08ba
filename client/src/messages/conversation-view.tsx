import type { UseQueryResult } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { JoinedChannel, Person } from '../../../shared/protocol.ts';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { Composer } from './composer.tsx';
import type { Conversation } from './conversation.ts';
import type { OlderState } from './history-start.tsx';
import { MessageList } from './message-list.tsx';
import { MessageSkeleton } from './message-skeleton.tsx';
import type { Outbox } from './outbox.ts';
import { UnsentList } from './unsent-list.tsx';
import type { OutboxActions } from './unsent-message.tsx';
import { useAttention } from './use-attention.ts';
import { useUnreadLine } from './use-unread-line.ts';
import './messages.css';
import './composer.css';

type ConversationViewProps = {
  channel: JoinedChannel;
  query: UseQueryResult<Conversation>;
  me: Person;
  /** Names the log and the member: drafts belong to both. */
  owner: string;
  outbox: Outbox;
  actions: OutboxActions;
  send(text: string): void;
  /** Opens my last message here for changing. */
  editLast(): void;
  loadOlder(): Promise<unknown>;
  markRead(readNumber: number): Promise<unknown>;
  online: boolean;
};

export function ConversationView(props: ConversationViewProps) {
  const { channel, query, owner, send, outbox } = props;
  const { messages, actions } = usePhrases();
  const explain = useExplain();
  const waiting = useMemo(() => outbox.filter((entry) => entry.channel === channel.id), [outbox, channel.id]);
  return (
    <>
      {query.data ? (
        <Loaded key={channel.id} {...props} waiting={waiting} conversation={query.data} />
      ) : query.isError ? (
        <div className="message-list">
          <Blank title={messages.loadFailed}>
            <p role="alert">{explain(query.error)}</p>
            <Button onClick={() => void query.refetch()}>{actions.retry}</Button>
          </Blank>
        </div>
      ) : (
        <MessageSkeleton label={messages.loading(channel.name)} />
      )}
      {query.data === undefined && (
        <UnsentList channelName={channel.name} waiting={waiting} me={props.me} actions={props.actions} />
      )}
      <Composer
        key={`composer ${channel.id}`}
        channel={channel.id}
        channelName={channel.name}
        owner={owner}
        send={send}
        editLast={props.editLast}
      />
    </>
  );
}

function Loaded(props: ConversationViewProps & { conversation: Conversation; waiting: Outbox }) {
  const { channel, conversation, me, waiting, actions, loadOlder, markRead, online } = props;
  const attention = useAttention();
  const lastNumber = conversation.messages.at(-1)?.number ?? 0;
  const { readNumber } = channel;
  const othersUnread = conversation.messages.some(({ number, author }) => number > readNumber && author !== me.id);
  const unreadLine = useUnreadLine({ attention, readNumber, lastNumber, othersUnread });
  const [atEnd, setAtEnd] = useState(false);

  // Read means seen: focused, visible, at the bottom.
  const mayMark = attention && atEnd && online;
  const marked = useRef(0);
  useEffect(() => {
    if (!mayMark || lastNumber <= Math.max(channel.readNumber, marked.current)) return;
    marked.current = lastNumber;
    markRead(lastNumber).catch(() => {
      marked.current = 0;
    });
  }, [mayMark, lastNumber, channel.readNumber, markRead]);

  const [olderCall, setOlderCall] = useState<'idle' | 'loading' | 'failed'>('idle');
  const loading = useRef(false);
  const load = useCallback(async () => {
    if (loading.current) return;
    loading.current = true;
    setOlderCall('loading');
    try {
      await loadOlder();
      setOlderCall('idle');
    } catch {
      setOlderCall('failed');
    } finally {
      loading.current = false;
    }
  }, [loadOlder]);
  const older: OlderState = !conversation.older ? 'none' : olderCall === 'idle' ? 'more' : olderCall;

  return (
    <MessageList
      channelName={channel.name}
      conversation={conversation}
      waiting={waiting}
      me={me}
      unreadLine={unreadLine}
      older={older}
      loadOlder={() => void load()}
      actions={actions}
      onAtEnd={setAtEnd}
    />
  );
}
