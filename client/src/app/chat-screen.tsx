import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import { ChannelSections } from '../channels/channel-sections.tsx';
import { isOutOfTheWay, sectionsOf } from '../channels/sections.ts';
import { ConnectionBanner } from '../connection/connection-banner.tsx';
import { ConnectionDetails } from '../connection/connection-details.tsx';
import { Blank } from '../design/blank.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { later } from '../design/later.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { laterPlace } from '../loading/later-place.tsx';
import { withPhrases } from '../loading/with-phrases.ts';
import { MentionsButton } from '../mentions/mentions-button.tsx';
import { usePersonClicks } from '../people/show-person.ts';
import { StatusMark } from '../people/status-mark.tsx';
import { useExplain } from '../wire/use-explain.ts';
import { Sidebar } from '../workspace/sidebar.tsx';
import { ChannelNamesProvider } from './channel-names-provider.tsx';
import { ChannelPane } from './channel-pane.tsx';
import type { OpenDialog } from './chat-dialogs.tsx';
import { ClusterLink } from './cluster-link.tsx';
import { CompletionProvider } from './completion-provider.tsx';
import { markAllRead } from './mark-all-read.ts';
import { workspaceQuery } from './queries.ts';
import { SavedLink } from './saved-link.tsx';
import { useSession } from './session-context.tsx';
import { SwitcherLink } from './switcher-link.tsx';
import { ThreadsLink } from './threads-link.tsx';
import { TooLargeNotice } from './too-large-notice.tsx';
import { useForgetLeft } from './use-forget-left.ts';
import { useLoadAhead } from './use-load-ahead.ts';
import { useOpenThread } from './use-open-thread.ts';
import { useSearching } from './use-searching.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useTitle } from './use-title.ts';
import { useWideScreen } from './use-wide-screen.ts';
import { WaitingLink } from './waiting-link.tsx';
import './chat-screen.css';

const Notices = later(withPhrases(async () => (await import('./notices.tsx')).Notices));
const QuietMark = later(withPhrases(async () => (await import('../notices/quiet-mark.tsx')).QuietMark));
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
  useLoadAhead();
  const phrases = usePhrases();
  const formats = useFormats();
  const explain = useExplain();
  const [, navigate] = useLocation();
  const workspace = useQuery(workspaceQuery(session));
  const state = useCell(session.follower.state);
  const [dialog, setDialog] = useState<OpenDialog>();
  const [drawer, setDrawer] = useState(false);
  const data = workspace.data;
  const owner = data && `${data.log}.${data.me.id}`;
  const { channels, sidebar } = data ?? {};
  const unreadMentions = channels?.reduce((sum, { mentions }) => sum + mentions, 0) ?? 0;
  const { compare } = formats;
  const [sections, open] = useMemo(() => {
    if (channels === undefined || sidebar === undefined) return [[], opened] as const;
    const listed = (open: number | undefined) => sectionsOf({ channels, sidebar, current: open, compare });
    const chosen =
      opened ??
      lastOpened(
        owner,
        channels.filter((channel) => !isOutOfTheWay(channel)),
      );
    if (chosen !== undefined) return [listed(chosen), chosen] as const;
    const first = listed(undefined);
    return [first, first.flatMap((section) => section.channels)[0]?.id] as const;
  }, [channels, sidebar, compare, opened, owner]);
  const goTo = (channel: number | undefined) => navigate(channel === undefined ? '/' : `/channels/${channel}`);
  const current = threads ? undefined : open;
  const [thread, openThread] = useOpenThread();
  const forward = useCallback((forwarded: Message) => setDialog({ kind: 'forward', message: forwarded }), []);
  const { search, ...searching } = useSearching();
  useEffect(() => {
    if (owner !== undefined && current !== undefined)
      void import('../search/recent-places.ts').then(
        (places) => places.rememberPlace(owner, current),
        () => undefined,
      );
  }, [owner, current]);
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
    markAllRead: () => void markAllRead(session.ask, channels ?? []),
  });
  useWideScreen(() => setDrawer(false));

  if (data === undefined || owner === undefined)
    return workspace.isError ? (
      <Blank whole title={phrases.unreachable.title}>
        <p role="alert">{explain(workspace.error)}</p>
        <Button onClick={() => void workspace.refetch()}>{phrases.actions.retry}</Button>
      </Blank>
    ) : (
      <div className="chat-opening">
        <ConnectionBanner state={state} />
        <Blank whole title={phrases.opening} turning />
      </div>
    );

  return (
    <ChannelNamesProvider channels={data.channels}>
      <div className="chat">
        <a className="skip" href="#conversation">
          {phrases.workspace.skipToComposer}
        </a>
        <Sidebar
          name={data.workspace.name}
          me={data.me}
          open={drawer}
          onClose={() => setDrawer(false)}
          channels={
            <>
              <div className="channel-list">
                <SwitcherLink
                  onOpen={() => {
                    setDrawer(false);
                    setDialog({ kind: 'switcher' });
                  }}
                />
                <ThreadsLink current={threads} onChoose={() => setDrawer(false)} />
                <SavedLink
                  onOpen={() => {
                    setDrawer(false);
                    setDialog({ kind: 'saved' });
                  }}
                />
                <WaitingLink
                  onOpen={() => {
                    setDrawer(false);
                    setDialog({ kind: 'waiting' });
                  }}
                />
                <MentionsButton
                  unread={unreadMentions}
                  onOpen={() => {
                    setDrawer(false);
                    setDialog({ kind: 'mentions' });
                  }}
                />
              </div>
              <ChannelSections
                sections={sections}
                sidebar={data.sidebar}
                current={current}
                arrange={(arranged) => void session.ask.workspace.setSidebar.mutate(arranged).catch(() => undefined)}
                onChoose={() => setDrawer(false)}
                onBrowse={() => setDialog({ kind: 'browse' })}
                onCreate={data.me.role === 'guest' ? undefined : () => setDialog({ kind: 'create' })}
                onStartDirect={() => setDialog({ kind: 'start-direct' })}
                onPeople={() => setDialog({ kind: 'people' })}
                onNameSection={(section) => setDialog({ kind: 'name-section', section })}
              />
            </>
          }
          status={<StatusMark member={data.me.id} />}
          connection={
            <ConnectionDetails
              state={state}
              proof={session.follower.proof}
              ping={session.ping}
              more={<ClusterLink me={data.me} />}
            />
          }
          footer={
            <>
              <QuietMark settings={data.notices} onOpen={() => setDialog({ kind: 'notices' })} />
              <IconButton
                icon="settings"
                label={phrases.workspace.settings}
                onClick={() => setDialog({ kind: 'settings' })}
              />
            </>
          }
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
            <CompletionProvider channel={current} channels={data.channels}>
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
          <CompletionProvider channel={threadChannel.id} channels={data.channels}>
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
        <EmojiPopover />
        <Notices workspace={data} owner={owner} />
        <PersonCards workspace={data} openDialog={setDialog} goTo={goTo} />
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

function lastOpened(owner: string | undefined, channels: { id: number }[]): number | undefined {
  try {
    const id = Number(localStorage.getItem(`ronda.channel.${owner}`));
    return channels.some((channel) => channel.id === id) ? id : undefined;
  } catch {
    return undefined;
  }
}
