import { type ReactNode, useMemo, useState } from 'react';
import type { JoinedChannel, Person } from '../../../shared/protocol.ts';
import type { WaitingFile } from '../files/upload.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { Composer } from './composer.tsx';
import { MorePages } from './history-ends.tsx';
import type { Jump } from './jump.ts';
import { MessageItem } from './message-item.tsx';
import { firstUnread, heldAfter, messageRows, waitsFor } from './message-rows.ts';
import { newestWindow, openingWindow } from './message-window.ts';
import { moveBetweenRows } from './move-between-rows.ts';
import { NewestPill } from './newest-pill.tsx';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { ScrollKeeper } from './scroll-keeper.tsx';
import type { Thread } from './thread.ts';
import type { OutboxActions } from './unsent-message.tsx';
import { useAttention } from './use-attention.ts';
import { useMessageWindow } from './use-message-window.ts';
import { usePages } from './use-pages.ts';
import { useReadThread } from './use-read-thread.ts';
import { useUnreadLine } from './use-unread-line.ts';

type ThreadViewProps = {
  channel: JoinedChannel;
  thread: Thread;
  me: Person;
  owner: string;
  outbox: Outbox;
  actions: OutboxActions;
  send(text: string, thread: OutboxEntry['thread'], files: readonly WaitingFile[]): void;
  editLast(): void;
  onTyping(): void;
  online: boolean;
  /** Who else writes. */
  typing: ReactNode;
  /** Whom the last reply named and didn't reach. */
  untold: ReactNode;
  loadOlder(): Promise<unknown>;
  markRead(readNumber: number): Promise<unknown>;
};

/** What is replied to, and the replies; give it the root's id as key. */
export function ThreadView(props: ThreadViewProps) {
  const { channel, thread, me, owner, outbox, actions, send, editLast, onTyping, typing, markRead, online } = props;
  const { root, messages, people, cursor } = thread;
  const phrases = useMorePhrases();
  const lastNumber = messages.at(-1)?.threadNumber ?? 0;
  const attention = useAttention();
  const unreadLine = useUnreadLine({
    attention,
    readNumber: thread.readNumber,
    readGeneration: 0,
    lastNumber,
    othersUnread: thread.following && firstUnreadReply(thread, me.id, thread.readNumber) !== undefined,
  });
  const unreadId = firstUnreadReply(thread, me.id, unreadLine);
  const [jump, setJump] = useState<Jump>({ to: 'unread' });
  const toNewest = () => setJump({ to: 'end' });
  const [older, loadOlder] = usePages(thread.older, props.loadOlder);
  const window = useMessageWindow({
    ...{ messages, jump, lastNumber, older, loadOlder },
    landing: () =>
      jump.to === 'unread'
        ? { whole: openingWindow(messages, unreadId), at: unreadId }
        : { whole: newestWindow(messages), at: undefined },
    newer: 'none',
    loadNewer: () => {},
  });
  const { range, endsAtNewest, atEnd } = window;
  const [toChannel, setToChannel] = useState(false);
  const waiting = useMemo(() => outbox.filter((entry) => entry.thread?.root === root.id), [outbox, root.id]);
  const wishes = outbox.filter(({ posted }) => posted === root.id);
  useReadThread({ thread, attention, atEnd, markRead });

  const rowsOf = (shown: Thread['messages'], range: { start: number; end: number }, unsent: Outbox) =>
    messageRows({
      conversation: { cursor, messages: shown, people, older: false, newer: false },
      ...{ range, waiting: unsent, me, unreadId },
      unknownAuthor: phrases.messages.someone,
    }).flatMap(({ rows }) => rows);
  const held = heldAfter(waiting);

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows go from row to row inside it */}
      <div className="message-list" onKeyDown={moveBetweenRows}>
        <ScrollKeeper
          label={phrases.threadPane.log}
          jump={jump}
          endsAtNewest={endsAtNewest}
          onPosition={window.onPosition}
        >
          {rowsOf([root], { start: 0, end: 1 }, wishes).map(({ key, ...row }) => (
            <MessageItem key={key} {...row} target={false} waits={undefined} actions={actions} />
          ))}
          {root.replies !== undefined && <p className="thread-count">{phrases.threads.replies(root.replies.count)}</p>}
          {(older !== 'none' || range.start > 0) && (
            <MorePages
              state={range.start > 0 ? 'more' : older}
              retry={loadOlder}
              loading={phrases.messages.loadingOlder}
              failed={phrases.messages.olderFailed}
            />
          )}
          {rowsOf(messages, range, endsAtNewest ? waiting : []).map(({ key, ...row }) => (
            <MessageItem
              key={key}
              {...row}
              target={false}
              waits={waitsFor(row.entry, held, online)}
              actions={actions}
            />
          ))}
        </ScrollKeeper>
        {window.isAway && <NewestPill count={window.missed} onPress={toNewest} />}
      </div>
      {!channel.archived && (
        <>
          <Composer
            channel={channel.id}
            thread={root.id}
            label={phrases.threadPane.reply}
            owner={owner}
            send={(text, files) => {
              send(text, { root: root.id, toChannel }, files);
              setToChannel(false);
              toNewest();
            }}
            above={props.untold}
            editLast={editLast}
            onTyping={onTyping}
            below={typing}
          />
          <label className="thread-too">
            <input type="checkbox" checked={toChannel} onChange={(event) => setToChannel(event.target.checked)} />
            {phrases.threadPane.toChannel(placeName(channel))}
          </label>
        </>
      )}
    </>
  );
}

/** By the thread's own numbers. */
function firstUnreadReply({ messages }: Thread, me: number, readNumber: number | undefined): number | undefined {
  return firstUnread(messages, me, readNumber, ({ threadNumber = 0 }) => threadNumber);
}
