import { useQuery } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import { ConnectionBanner } from '../connection/connection-banner.tsx';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { later } from '../design/later.tsx';
import { Opening } from '../design/opening.tsx';
import { EmojiPlace } from '../emoji/emoji-place.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { laterPlace } from '../loading/later-place.tsx';
import { withPhrases } from '../loading/with-phrases.ts';
import { usePersonClicks } from '../people/show-person.ts';
import { useExplain } from '../wire/use-explain.ts';
import { ChannelNamesProvider } from './channel-names-provider.tsx';
import { ChannelPane } from './channel-pane.tsx';
import type { OpenDialog } from './chat-dialogs.tsx';
import { ChatSidebar } from './chat-sidebar.tsx';
import { CompletionProvider } from './completion-provider.tsx';
import { markAllRead } from './mark-all-read.ts';
import { workspaceQuery } from './queries.ts';
import { useSession } from './session-context.tsx';
import { TooLargeNotice } from './too-large-notice.tsx';
import { useChannelOrder } from './use-channel-order.ts';
import { useCountedWorkspace } from './use-counted-workspace.ts';
import { useForgetLeft } from './use-forget-left.ts';
import { useLoadAhead } from './use-load-ahead.ts';
import { useOpenThread } from './use-open-thread.ts';
import { useSearching } from './use-searching.ts';
import { useSettled } from './use-settled.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTitle } from './use-title.ts';
import { useWideScreen } from './use-wide-screen.ts';
import { WaitingLink } from './waiting-link.tsx';
import './chat-screen.css';

const Notices = later(withPhrases(async () => (await import('./notices.tsx')).Notices));
const ChatDialogs = laterDialog(async () => (await import('./chat-dialogs.tsx')).ChatDialogs);
const PersonCards = later(async () => (await import('./person-cards.tsx')).PersonCards);
const ThreadPane = laterDialog(async () => (await import('./thread-pane.tsx')).ThreadPane);
const SearchPanel = laterDialog(async () => (await import('./search-panel.tsx')).SearchPanel);
const ThreadsPane = laterPlace(async () => (await import('./threads-pane.tsx')).ThreadsPane);

type ChatScreenProps = { channel?: number; message?: number; threads?: boolean };

/** The chat itself: channels at the side, one of them open. */
export function ChatScreen({ channel: opened, message, threads = false }: ChatScreenProps) {
  usePersonClicks();
  const session = useSession();
  const settled = useSettled();
  useLoadAhead();
  const phrases = usePhrases();
  const explain = useExplain();
  const [, navigate] = useLocation();
  const workspace = useQuery(workspaceQuery(session));
  const state = useCell(session.follower.state);
  const [dialog, setDialog] = useState<OpenDialog>();
  const [drawer, setDrawer] = useState(false);
  const closeDrawer = useCallback(() => setDrawer(false), []);
  const data = useCountedWorkspace(workspace.data);
  // Drawn in slices the first time, so that the page goes on answering meanwhile.
  const isThere = useDeferredValue(data !== undefined);
  const owner = data && `${data.log}.${data.me.id}`;
  const channels = data?.channels;
  const [sections, open] = useChannelOrder(data, owner, opened);
  const goTo = (channel: number | undefined) => navigate(channel === undefined ? '/' : `/channels/${channel}`);
  const current = threads ? undefined : open;
  const [thread, openThread] = useOpenThread();
  const forward = useCallback((forwarded: Message) => setDialog({ kind: 'forward', message: forwarded }), []);
  const { search, ...searching } = useSearching();
  useEffect(() => {
    if (settled && owner !== undefined && current !== undefined)
      void import('../search/recent-places.ts').then(
        (places) => places.rememberPlace(owner, current),
        () => undefined,
      );
  }, [settled, owner, current]);
  const threadChannel = channels?.find(({ id }) => id === current);
  useForgetLeft(owner, channels);
  useTitle(data, current);
  useShortcuts({
    current,
    channels: sections.flatMap(({ shown }) => shown),
    switcher: () => setDialog({ kind: 'switcher' }),
    search,
    help: () => setDialog({ kind: 'shortcuts' }),
    goTo,
    markAllRead: () => void markAllRead(session, channels ?? []),
  });
  useWideScreen(closeDrawer);
  // Whoever has gone somewhere, be it by a dialog that the drawer has opened, wants to see it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever it becomes another one
  useEffect(() => setDrawer(false), [current]);

  if (data === undefined || owner === undefined || !isThere)
    return workspace.isError ? (
      <Blank whole title={phrases.unreachable.title}>
        <p role="alert">{explain(workspace.error)}</p>
        <Button onClick={() => void workspace.refetch()}>{phrases.actions.retry}</Button>
      </Blank>
    ) : (
      <div className="chat-opening">
        <ConnectionBanner state={state} />
        <Opening />
      </div>
    );

  return (
    <ChannelNamesProvider channels={data.channels}>
      <div className="chat">
        <a className="skip" href="#conversation">
          {phrases.workspace.skipToComposer}
        </a>
        <ChatSidebar
          workspace={data}
          state={state}
          sections={sections}
          current={current}
          threads={threads}
          open={drawer}
          onClose={closeDrawer}
          openDialog={setDialog}
        />
        <main id="conversation" tabIndex={-1} inert={drawer}>
          <ConnectionBanner
            state={state}
            more={<WaitingLink inBanner onOpen={() => setDialog({ kind: 'waiting' })} />}
          />
          <TooLargeNotice />
          {threads ? (
            <ThreadsPane workspace={data} openDrawer={() => setDrawer(true)} />
          ) : (
            <CompletionProvider channel={current} me={data.me.id} channels={data.channels}>
              <ChannelPane
                key={current}
                workspace={data}
                current={current}
                message={message}
                owner={owner}
                openDrawer={() => setDrawer(true)}
                openDialog={setDialog}
                goTo={goTo}
                openThread={openThread}
                forward={forward}
                search={search}
              />
            </CompletionProvider>
          )}
        </main>
        {searching.opened && (
          <SearchPanel
            key={searching.opened.round}
            workspace={data}
            owner={owner}
            initial={searching.opened.initial}
            onTyped={searching.onTyped}
            current={message}
            inert={drawer}
            onClose={searching.close}
          />
        )}
        {thread !== undefined && threadChannel && (
          <CompletionProvider channel={threadChannel.id} me={data.me.id} channels={data.channels}>
            <ThreadPane
              key={thread}
              root={thread}
              channel={threadChannel}
              me={data.me}
              owner={owner}
              inert={drawer}
              onClose={() => openThread(undefined)}
              forward={forward}
            />
          </CompletionProvider>
        )}
        <EmojiPlace />
        {settled && <Notices workspace={data} owner={owner} />}
        {settled && <PersonCards workspace={data} openDialog={setDialog} goTo={goTo} />}
        {dialog && (
          <ChatDialogs
            dialog={dialog}
            workspace={data}
            owner={owner}
            open={setDialog}
            search={search}
            goTo={goTo}
            onClose={() => setDialog(undefined)}
          />
        )}
      </div>
    </ChannelNamesProvider>
  );
}
