import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useCell } from '../cell.ts';
import { ChannelList } from '../channels/channel-list.tsx';
import { ConnectionBanner } from '../connection/connection-banner.tsx';
import { ConnectionDetails } from '../connection/connection-details.tsx';
import { Blank } from '../design/blank.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { EmojiPopover } from '../emoji/emoji-popover.tsx';
import { useFormats, usePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { Sidebar } from '../workspace/sidebar.tsx';
import { ChannelPane } from './channel-pane.tsx';
import { ChatDialogs, type OpenDialog } from './chat-dialogs.tsx';
import { workspaceQuery } from './queries.ts';
import { useSession } from './session-context.tsx';
import { TooLargeNotice } from './too-large-notice.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useTitle } from './use-title.ts';
import { useWideScreen } from './use-wide-screen.ts';
import './chat-screen.css';

/** The chat itself: channels at the side, one of them open. */
export function ChatScreen({ channel: opened, message }: { channel?: number; message?: number }) {
  const session = useSession();
  const phrases = usePhrases();
  const formats = useFormats();
  const explain = useExplain();
  const [, navigate] = useLocation();
  const workspace = useQuery(workspaceQuery(session));
  const state = useCell(session.follower.state);
  const [dialog, setDialog] = useState<OpenDialog>();
  const [drawer, setDrawer] = useState(false);
  const data = workspace.data;
  const channels = [...(data?.channels ?? [])].sort((a, b) => formats.compare(a.name, b.name));
  const owner = data && `${data.log}.${data.me.id}`;
  const current = opened ?? lastOpened(owner, channels) ?? channels[0]?.id;
  useTitle(data, current);
  useShortcuts({
    current,
    channels,
    browse: () => setDialog({ kind: 'browse' }),
    goTo: (channel) => navigate(`/channels/${channel}`),
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
    <div className="chat">
      <a className="skip" href="#conversation">
        {phrases.workspace.skipToComposer}
      </a>
      <Sidebar
        name={data.workspace.name}
        me={data.me}
        open={drawer}
        onClose={() => setDrawer(false)}
        channels={<ChannelList channels={channels} current={current} onChoose={() => setDrawer(false)} />}
        connection={<ConnectionDetails state={state} proof={session.follower.proof} />}
        footer={
          <IconButton icon="settings" label={phrases.settings.open} onClick={() => setDialog({ kind: 'settings' })} />
        }
        onBrowse={() => setDialog({ kind: 'browse' })}
        onCreate={data.me.role === 'guest' ? undefined : () => setDialog({ kind: 'create' })}
      />
      <main id="conversation" tabIndex={-1} inert={drawer}>
        <ConnectionBanner state={state} />
        <TooLargeNotice />
        <ChannelPane
          key={current}
          workspace={data}
          current={current}
          message={message}
          owner={owner}
          openDrawer={() => setDrawer(true)}
          openDialog={setDialog}
        />
      </main>
      <EmojiPopover />
      <ChatDialogs
        dialog={dialog}
        workspace={data}
        owner={owner}
        open={setDialog}
        goTo={(channel) => navigate(channel === undefined ? '/' : `/channels/${channel}`)}
      />
    </div>
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
