import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { JoinedChannel, Message, Person } from '../../../shared/protocol.ts';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { Mark } from '../design/mark.tsx';
import type { WaitingFile } from '../files/upload.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { refusalOf } from '../wire/refusal.ts';
import { useExplain } from '../wire/use-explain.ts';
import { Composer } from './composer.tsx';
import type { Conversation } from './conversation.ts';
import type { Jump, Target } from './jump.ts';
import { MessageList } from './message-list.tsx';
import { MessageSkeleton } from './message-skeleton.tsx';
import type { Outbox } from './outbox.ts';
import { QuotingBar } from './quoting-bar.tsx';
import { UnsentList } from './unsent-list.tsx';
import type { OutboxActions } from './unsent-message.tsx';
import { useAttention } from './use-attention.ts';
import { usePages } from './use-pages.ts';
import { useUnreadLine } from './use-unread-line.ts';
import './messages.css';
import './composer.css';

type Place = {
  newest: UseQueryResult<Conversation>;
  /** What one reads: the newest messages, or an excerpt apart from them. */
  shown: Conversation | undefined;
  seeking: { kind: 'idle' } | { kind: 'loading'; blank: boolean } | { kind: 'failed'; target: Target; error: unknown };
  /** A new stretch is another list; within it a new jump only moves. */
  view: { stretch: number; jump: Jump };
  goTo(target: Target): Promise<void>;
  toNewest(): void;
  loadOlder(): Promise<unknown>;
  loadNewer(): Promise<unknown>;
};

type ConversationViewProps = {
  channel: JoinedChannel;
  place: Place;
  me: Person;
  /** Names the log and the member: drafts belong to both. */
  owner: string;
  outbox: Outbox;
  actions: OutboxActions;
  send(text: string, files: readonly WaitingFile[]): Promise<boolean> | undefined;
  /** What the next message answers. */
  quoting: Message | undefined;
  /** Whom the last message named and didn't reach. */
  untold: ReactNode;
  /** Opens my last message here for changing. */
  editLast(): void;
  onTyping(): void;
  /** Who else writes. */
  typing: ReactNode;
  markRead(readNumber: number): Promise<unknown>;
  /** The way to what calls me in threads. */
  threadCalls: ReactNode;
  online: boolean;
  /** Somebody follows the newest messages: what is far above may go. */
  trim(): void;
  /** In the composer's place where nothing can be written. */
  closed: ReactNode;
};

export function ConversationView(props: ConversationViewProps) {
  const { channel, place, owner, send, outbox } = props;
  const { messages } = usePhrases();
  const waiting = useMemo(
    () => outbox.filter((entry) => entry.channel === channel.id && entry.thread === undefined),
    [outbox, channel.id],
  );
  const { newest, shown, seeking } = place;
  const missing = seeking.kind === 'failed' || (newest.data === undefined && newest.isError);
  // Drawn in slices where one has waited for it, so that the page goes on answering meanwhile.
  const isThere = useDeferredValue(newest.data !== undefined);
  const loaded = isThere && newest.data && shown && !(seeking.kind === 'loading' && seeking.blank);
  return (
    <>
      {missing ? (
        <Missing place={place} />
      ) : loaded ? (
        <Loaded {...props} waiting={waiting} newest={newest.data} shown={shown} />
      ) : (
        <MessageSkeleton
          label={messages.loading(placeName(channel))}
          note={props.online ? undefined : messages.notOnDevice}
        />
      )}
      {(missing || !loaded) && (
        <UnsentList
          channelName={placeName(channel)}
          waiting={waiting}
          me={props.me}
          actions={props.actions}
          online={props.online}
        />
      )}
      {props.closed ?? (
        <Composer
          key={`composer ${channel.id}`}
          channel={channel.id}
          label={messages.compose(placeName(channel))}
          owner={owner}
          send={send}
          above={
            <>
              {props.untold}
              {props.quoting && <QuotingBar message={props.quoting} />}
            </>
          }
          focusOn={props.quoting}
          editLast={props.editLast}
          onTyping={props.onTyping}
          below={props.typing}
        />
      )}
    </>
  );
}

/** The message that one came for isn't there, or nothing could be loaded. */
function Missing({ place: { newest, seeking, goTo, toNewest } }: { place: Place }) {
  const { messages, actions } = usePhrases();
  const explain = useExplain();
  if (seeking.kind !== 'failed')
    return (
      <div className="message-list">
        <Blank title={messages.loadFailed}>
          <p role="alert">{explain(newest.error)}</p>
          <Button onClick={() => void newest.refetch()}>{actions.retry}</Button>
        </Blank>
      </div>
    );
  return (
    <div className="message-list">
      <Blank title={messages.notHereTitle}>
        <p role="alert">{explain(seeking.error)}</p>
        <div className="blank-actions">
          <Button kind="primary" onClick={toNewest}>
            {messages.toNewest}
          </Button>
          {refusalOf(seeking.error) === undefined && (
            <Button onClick={() => void goTo(seeking.target)}>{actions.retry}</Button>
          )}
        </div>
      </Blank>
    </div>
  );
}

type LoadedProps = ConversationViewProps & { newest: Conversation; shown: Conversation; waiting: Outbox };

function Loaded(props: LoadedProps) {
  const { channel, newest, shown, place, me, waiting, actions, markRead, online, trim } = props;
  const { messages } = usePhrases();
  const attention = useAttention();
  const lastNumber = newest.messages.at(-1)?.number ?? 0;
  const { readNumber, readGeneration } = channel;
  const othersUnread = newest.messages.some(({ number, author }) => number > readNumber && author !== me.id);
  const unreadLine = useUnreadLine({ attention, readNumber, readGeneration, lastNumber, othersUnread });
  const [atEnd, setAtEnd] = useState(false);
  useEffect(() => {
    if (atEnd && lastNumber > 0) trim();
  }, [atEnd, lastNumber, trim]);

  // What was put back on purpose stays unread until the channel is opened again, or all of it was read elsewhere.
  const [generation, setGeneration] = useState(readGeneration);
  if (generation !== readGeneration && readNumber >= lastNumber) setGeneration(readGeneration);

  // Read means seen: focused, visible, at the bottom.
  const mayMark = attention && atEnd && online && generation === readGeneration;
  const marked = useRef(0);
  useEffect(() => {
    if (!mayMark || lastNumber <= Math.max(channel.readNumber, marked.current)) return;
    marked.current = lastNumber;
    markRead(lastNumber).catch(() => {
      marked.current = 0;
    });
  }, [mayMark, lastNumber, channel.readNumber, markRead]);

  const [older, loadOlder] = usePages(shown.older, place.loadOlder);
  const [newer, loadNewer] = usePages(shown.newer, place.loadNewer);
  const { goTo, toNewest, view, seeking } = place;
  const unreadAbove = useUnreadAbove(newest, unreadLine, view.stretch);

  return (
    <div className="message-place">
      <MessageList
        key={view.stretch}
        channelName={placeName(channel)}
        conversation={shown}
        lastNumber={lastNumber}
        jump={view.jump}
        waiting={waiting}
        me={me}
        unreadLine={unreadLine}
        older={older}
        newer={newer}
        loadOlder={loadOlder}
        loadNewer={loadNewer}
        toNewest={toNewest}
        goTo={(target) => void goTo(target)}
        actions={actions}
        online={online}
        onAtEnd={setAtEnd}
      />
      {seeking.kind === 'loading' ? (
        <p className="place-pill" role="status">
          <Mark turning />
          {messages.seeking}
        </p>
      ) : (
        unreadAbove && (
          <button type="button" className="place-pill" onClick={() => void goTo({ number: unreadAbove.from })}>
            <Icon name="up" />
            {messages.unreadAbove(unreadAbove.count)}
          </button>
        )
      )}
      {props.threadCalls}
    </div>
  );
}

/** What is unread begins above all that was loaded on opening, and nobody has gone there yet. */
function useUnreadAbove({ messages }: Conversation, unreadLine: number | undefined, stretch: number) {
  const [opened] = useState({ first: messages[0]?.number ?? 0, last: messages.at(-1)?.number ?? 0 });
  if (unreadLine === undefined || stretch > 0 || opened.first <= unreadLine + 1) return undefined;
  return { from: unreadLine + 1, count: opened.last - unreadLine };
}
