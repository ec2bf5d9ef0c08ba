import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { JoinedChannel, Person } from '../../../shared/protocol.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { placeName } from '../place-name.ts';
import { Composer } from './composer.tsx';
import { MorePages } from './history-ends.tsx';
import type { Jump } from './jump.ts';
import { MessageItem } from './message-item.tsx';
import { heldAfter, messageRows } from './message-rows.ts';
import { moveBetweenRows } from './move-between-rows.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';
import { ScrollKeeper } from './scroll-keeper.tsx';
import type { Thread } from './thread.ts';
import type { OutboxActions } from './unsent-message.tsx';
import { useReadThread } from './use-read-thread.ts';

type ThreadViewProps = {
  channel: JoinedChannel;
  thread: Thread;
  me: Person;
  owner: string;
  outbox: Outbox;
  actions: OutboxActions;
  send(text: string, thread: OutboxEntry['thread']): void;
  editLast(): void;
  onTyping(): void;
  /** Who else writes. */
  typing: ReactNode;
  loadOlder(): Promise<unknown>;
  markRead(readNumber: number): Promise<unknown>;
};

/** What is replied to, and the replies; give it the root's id as key. */
export function ThreadView(props: ThreadViewProps) {
  const { channel, thread, me, owner, outbox, actions, send, editLast, onTyping, typing, loadOlder, markRead } = props;
  const { root, messages, people, cursor } = thread;
  const phrases = useMorePhrases();
  const [jump, setJump] = useState<Jump>({ to: 'end' });
  const [atEnd, setAtEnd] = useState(false);
  const [toChannel, setToChannel] = useState(false);
  const waiting = useMemo(() => outbox.filter((entry) => entry.thread?.root === root.id), [outbox, root.id]);
  useReadThread({ thread, atEnd, markRead });

  const loading = useRef(false);
  const [failed, setFailed] = useState(false);
  const load = async () => {
    if (loading.current) return;
    loading.current = true;
    setFailed(false);
    await loadOlder().catch(() => setFailed(true));
    loading.current = false;
  };

  const rowsOf = (shown: Thread['messages'], unsent: Outbox) =>
    messageRows({
      conversation: { cursor, messages: shown, people, older: false, newer: false },
      range: { start: 0, end: shown.length },
      waiting: unsent,
      me,
      readNumber: undefined,
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
          endsAtNewest
          onPosition={({ above, below, viewport }) => {
            if (above < viewport && thread.older && !failed) void load();
            setAtEnd(below < 100);
          }}
        >
          {rowsOf([root], []).map(({ key, ...row }) => (
            <MessageItem key={key} {...row} target={false} held={false} actions={actions} />
          ))}
          {root.replies !== undefined && <p className="thread-count">{phrases.threads.replies(root.replies.count)}</p>}
          {thread.older && (
            <MorePages
              state={failed ? 'failed' : 'loading'}
              retry={() => void load()}
              loading={phrases.messages.loadingOlder}
              failed={phrases.messages.olderFailed}
            />
          )}
          {rowsOf(messages, waiting).map(({ key, ...row }) => (
            <MessageItem key={key} {...row} target={false} held={(row.entry?.order ?? 0) > held} actions={actions} />
          ))}
        </ScrollKeeper>
      </div>
      {!channel.archived && (
        <>
          <Composer
            channel={channel.id}
            thread={root.id}
            label={phrases.threadPane.reply}
            owner={owner}
            send={(text) => {
              send(text, { root: root.id, toChannel });
              setToChannel(false);
              setJump({ to: 'end' });
            }}
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
