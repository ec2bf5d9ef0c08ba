import { useState } from 'react';
import type { Message } from '../../../shared/protocol.ts';
import { ChannelHeader } from '../channels/channel-header.tsx';
import { ChannelMenu } from '../channels/channel-menu.tsx';
import { Blank } from '../design/blank.tsx';
import { Button, IconButton } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { later } from '../design/later.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { laterPlace } from '../loading/later-place.tsx';
import { withPhrases } from '../loading/with-phrases.ts';
import { BeginningContext } from '../messages/history-ends.tsx';
import { useExplain } from '../wire/use-explain.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { OpenDialog } from './chat-dialogs.tsx';
import { DrawerButton } from './drawer-button.tsx';
import { OpenChannel } from './open-channel.tsx';
import { useSession } from './session-context.tsx';

const FirstSteps = later(withPhrases(async () => (await import('./first-steps.tsx')).FirstSteps));
const OutsideChannel = laterPlace(async () => (await import('./outside-channel.tsx')).OutsideChannel);

type ChannelPaneProps = {
  workspace: WorkspaceData;
  current: number | undefined;
  /** The message that the address names. */
  message: number | undefined;
  owner: string;
  openDrawer(): void;
  openDialog(dialog: OpenDialog): void;
  goTo(channel: number | undefined): void;
  openThread(root: number): void;
  forward(message: Message): void;
  search(): void;
};

export function ChannelPane(props: ChannelPaneProps) {
  const { workspace, current, message, owner, openDrawer, openDialog, goTo, openThread, forward, search } = props;
  const phrases = usePhrases();
  const explain = useExplain();
  const { ask } = useSession();
  const [fault, setFault] = useState<string>();
  const attempt = (call: Promise<unknown>) => call.catch((error: unknown) => setFault(explain(error)));
  const drawer = <DrawerButton channels={workspace.channels} current={current} onOpen={openDrawer} />;
  const channel = workspace.channels.find(({ id }) => id === current);
  if (current !== undefined && channel === undefined) return <OutsideChannel id={current} before={drawer} />;
  if (channel === undefined)
    return (
      <>
        {drawer}
        <Blank title={phrases.workspace.noChannelsTitle}>
          <p>{phrases.workspace.noChannelsText}</p>
          <div className="blank-actions">
            <Button kind="primary" onClick={() => openDialog({ kind: 'browse' })}>
              {phrases.channels.browse}
            </Button>
            {workspace.me.role !== 'guest' && (
              <Button onClick={() => openDialog({ kind: 'create' })}>{phrases.channels.create}</Button>
            )}
          </div>
        </Blank>
      </>
    );
  const pins = () => openDialog({ kind: 'pins', channel });
  const invite = mayInvite(workspace.me) && !channel.direct ? () => openDialog({ kind: 'invite' }) : undefined;
  const set = (change: { favourite?: boolean; closed?: boolean }) =>
    ask.channels.setMembership.mutate({ channel: channel.id, ...change });
  return (
    <>
      <ChannelHeader
        channel={channel}
        before={drawer}
        after={
          <>
            {invite && (
              <span className="wide-only">
                <Button size="small" aria-label={phrases.workspace.invite} onClick={invite}>
                  <Icon name="invite" />
                  {phrases.workspace.invite}
                </Button>
              </span>
            )}
            <IconButton icon="search" label={phrases.workspace.search} onClick={() => search()} />
            <span className="wide-only">
              <IconButton icon="pin" label={phrases.messages.pins} onClick={pins} />
            </span>
            {!channel.direct && (
              <span className="wide-only">
                <IconButton
                  icon="people"
                  label={phrases.channels.people}
                  onClick={() => openDialog({ kind: 'details', channel: channel.id, tab: 'people' })}
                />
              </span>
            )}
            <ChannelMenu
              channel={channel}
              onPins={pins}
              onInvite={invite}
              onDetails={() => openDialog({ kind: 'details', channel: channel.id, tab: 'about' })}
              onNotifications={() => openDialog({ kind: 'details', channel: channel.id, tab: 'notifications' })}
              onReplay={() => openDialog({ kind: 'replay', channel: channel.id })}
              onMove={() => openDialog({ kind: 'move', channel: channel.id })}
              setFavourite={(favourite) => void attempt(set({ favourite }))}
              onLeave={() => openDialog({ kind: 'leave', channel })}
              close={() => void attempt(set({ closed: true }).then(() => goTo(undefined)))}
            />
          </>
        }
        onDetails={() => openDialog({ kind: 'details', channel: channel.id, tab: 'about' })}
      />
      {fault && (
        <div className="banner" data-warning="true" role="alert">
          {fault}
          <IconButton icon="close" label={phrases.actions.close} onClick={() => setFault(undefined)} />
        </div>
      )}
      <BeginningContext value={workspace.me.role === 'owner' && !channel.direct && <FirstSteps open={openDialog} />}>
        <OpenChannel
          channel={channel}
          message={message}
          me={workspace.me}
          owner={owner}
          openThread={openThread}
          forward={forward}
        />
      </BeginningContext>
    </>
  );
}

function mayInvite({ role }: WorkspaceData['me']): boolean {
  return role === 'owner' || role === 'admin';
}
