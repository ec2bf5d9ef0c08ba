import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { createCell, useBusyCell, useCell } from '../cell.ts';
import { isOnline } from '../connection/connection-state.ts';
import { Blank } from '../design/blank.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { pickEmoji } from '../emoji/pick-emoji.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { Announcer } from '../messages/announcer.tsx';
import { MessageActionsProvider } from '../messages/message-actions-provider.tsx';
import { ThreadView } from '../messages/thread-view.tsx';
import { placeName } from '../place-name.ts';
import { TypingLine } from '../presence/typing-line.tsx';
import { useExplain } from '../wire/use-explain.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { useSession } from './session-context.tsx';
import { loadOlderReplies, threadQuery } from './thread-queries.ts';
import { useKeeping } from './use-keeping.ts';
import { useMessageCalls } from './use-message-calls.ts';
import { useUntold } from './use-untold.tsx';
import './side-pane.css';

type ThreadPaneProps = {
  root: number;
  channel: WorkspaceData['channels'][number];
  me: WorkspaceData['me'];
  owner: string;
  /** Something covers it. */
  inert: boolean;
  onClose(): void;
  forward(message: Message): void;
};

/** Beside the channel on a wide screen, in its place on a phone. */
export function ThreadPane({ root, channel, me, owner, inert, onClose, forward }: ThreadPaneProps) {
  const session = useSession();
  const { ask, outbox } = session;
  const phrases = useMorePhrases();
  const explain = useExplain();
  const query = useQuery(threadQuery(session, root));
  const thread = query.data;
  const calls = useMessageCalls(session);
  const keeping = useKeeping(channel.id);
  const untold = useUntold(channel, me);
  const [editing] = useState(() => createCell<number | undefined>(undefined));
  const entries = useCell(outbox.entries);
  const online = isOnline(useCell(session.follower.state));
  const actions = useMemo(
    () => ({ retry: outbox.retry, edit: outbox.edit, remove: outbox.remove, detach: outbox.detach }),
    [outbox],
  );
  const shown = useRef(thread);
  shown.current = thread;
  const personOf = useCallback((member: number) => shown.current?.people[member], []);
  const markRead = useCallback(
    (readNumber: number) => ask.threads.markRead.mutate({ thread: root, readNumber }),
    [ask, root],
  );
  const latest = useBusyCell(session.latest);
  // What went to the channel too is read out there.
  const announced = latest?.message.thread === root && latest.message.number === 0 ? latest : undefined;
  const [fault, setFault] = useState<string>();
  const follow = (on: boolean) =>
    ask.threads.follow.mutate({ thread: root, on }).catch((why) => setFault(explain(why)));
  const editLast = () => {
    const mine = thread?.messages.findLast(({ author, deletedBy }) => author === me.id && deletedBy === undefined);
    if (mine) editing.set(mine.id);
  };
  useEscapeFrom(onClose);

  return (
    <aside className="side-pane thread-pane" inert={inert} aria-label={phrases.threadPane.title}>
      <header>
        <div>
          <h2>{phrases.threadPane.title}</h2>
          <p>
            <bdi>{placeName(channel)}</bdi>
          </p>
        </div>
        {thread && (
          <Button size="small" aria-pressed={thread.following} onClick={() => void follow(!thread.following)}>
            {thread.following ? phrases.threadPane.following : phrases.threadPane.follow}
          </Button>
        )}
        <IconButton icon="close" label={phrases.threadPane.close} onClick={onClose} />
      </header>
      {fault && (
        <p className="fault" role="alert">
          {fault}
        </p>
      )}
      {thread ? (
        <MessageActionsProvider
          me={me}
          calls={calls}
          editing={editing}
          personOf={personOf}
          pickEmoji={pickEmoji}
          forward={forward}
          {...keeping}
        >
          <ThreadView
            key={root}
            channel={channel}
            thread={thread}
            me={me}
            owner={owner}
            outbox={entries}
            actions={actions}
            send={(text, place, attachments) => {
              untold.wrote(text);
              outbox.write(channel.id, text, { thread: place, attachments });
            }}
            untold={untold.line}
            editLast={editLast}
            online={online}
            onTyping={() => session.nearby.type(channel.id, root)}
            typing={<TypingLine channel={channel.id} thread={root} me={me.id} />}
            loadOlder={() => loadOlderReplies(session, root)}
            markRead={markRead}
          />
        </MessageActionsProvider>
      ) : query.isError ? (
        <Blank title={phrases.threadPane.failed}>
          <p role="alert">{explain(query.error)}</p>
          <Button onClick={() => void query.refetch()}>{phrases.actions.retry}</Button>
        </Blank>
      ) : (
        <Blank title={phrases.opening} turning />
      )}
      <Announcer posted={announced} />
    </aside>
  );
}

/** Esc in the pane closes it, where nothing inside takes it first. */
function useEscapeFrom(close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const inside = event.target instanceof Element && event.target.closest('.thread-pane') !== null;
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !inside) return;
      if (document.querySelector('dialog[open], [popover]:popover-open') !== null) return;
      event.preventDefault();
      latest.current();
    };
    // Before whoever listens for it on the page.
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
