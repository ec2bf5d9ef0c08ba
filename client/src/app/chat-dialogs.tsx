import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import { BrowseChannels } from '../channels/browse-channels.tsx';
import { CreateChannel } from '../channels/create-channel.tsx';
import { LeaveChannel } from '../channels/leave-channel.tsx';
import { InvitePeople } from '../invites/invite-people.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { type ChannelDialog, ChannelDialogs } from './channel-dialogs.tsx';
import { directoryQuery, invitesQuery } from './queries.ts';
import { useSession } from './session-context.tsx';
import { useSignOut } from './sign-out.ts';
import { untilJoined } from './until-joined.ts';

const ShortcutSheet = lazy(() =>
  import('../shortcuts/shortcut-sheet.tsx').then(({ ShortcutSheet: sheet }) => ({ default: sheet })),
);

export type OpenDialog =
  | { kind: 'browse' }
  | { kind: 'create' }
  | { kind: 'invite' }
  | { kind: 'settings' }
  | { kind: 'shortcuts' }
  | { kind: 'leave'; channel: JoinedChannel }
  | ChannelDialog;

type ChatDialogsProps = {
  dialog: OpenDialog | undefined;
  workspace: WorkspaceData;
  owner: string;
  open(dialog: OpenDialog | undefined): void;
  goTo(channel: number | undefined): void;
};

/** What is open over the chat, joined to the procedures that it asks. */
export function ChatDialogs({ dialog, workspace, owner, open, goTo }: ChatDialogsProps) {
  const session = useSession();
  const { ask } = session;
  const close = () => open(undefined);
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'browse':
      return (
        <Browse
          onCreate={workspace.me.role === 'guest' ? undefined : () => open({ kind: 'create' })}
          onClose={close}
          goTo={goTo}
        />
      );
    case 'create':
      return (
        <CreateChannel
          create={async (channel) => {
            const { id } = await ask.channels.create.mutate(channel);
            await untilJoined(session, id);
            goTo(id);
          }}
          onClose={close}
        />
      );
    case 'leave': {
      const leave = async () => {
        await ask.channels.leave.mutate({ channel: dialog.channel.id });
        goTo(undefined);
      };
      return <LeaveChannel channel={dialog.channel} leave={leave} onClose={close} />;
    }
    case 'invite':
      return <Invites workspace={workspace.workspace.name} onClose={close} />;
    case 'details':
    case 'add-people':
    case 'move':
    case 'name-section':
    case 'start-direct':
    case 'people':
      return (
        <Suspense>
          <ChannelDialogs dialog={dialog} workspace={workspace} open={open} goTo={goTo} />
        </Suspense>
      );
    case 'settings':
      return (
        <Settings
          workspace={workspace}
          owner={owner}
          showShortcuts={() => open({ kind: 'shortcuts' })}
          onClose={close}
        />
      );
    case 'shortcuts':
      return (
        <Suspense>
          <ShortcutSheet onClose={close} />
        </Suspense>
      );
  }
}

type BrowseProps = { onCreate: (() => void) | undefined; onClose(): void; goTo(channel: number): void };

function Browse({ onCreate, onClose, goTo }: BrowseProps) {
  const session = useSession();
  const directory = useQuery(directoryQuery(session));
  const { refetch } = directory;
  useEffect(() => void refetch(), [refetch]);
  const join = async (channel: number) => {
    await session.ask.channels.join.mutate({ channel });
    await untilJoined(session, channel);
  };
  return <BrowseChannels directory={directory} join={join} goTo={goTo} onCreate={onCreate} onClose={onClose} />;
}

function Invites({ workspace, onClose }: { workspace: string; onClose(): void }) {
  const session = useSession();
  const { create, revoke } = session.ask.invites;
  const invites = useQuery(invitesQuery(session));
  const { refetch } = invites;
  useEffect(() => void refetch(), [refetch]);
  return (
    <InvitePeople
      workspace={workspace}
      invites={invites}
      create={async (invite) => {
        const made = await create.mutate(invite);
        void refetch();
        return made;
      }}
      revoke={async (id) => {
        await revoke.mutate({ id });
        await refetch();
      }}
      onClose={onClose}
    />
  );
}

type SettingsProps = { workspace: WorkspaceData; owner: string; showShortcuts(): void; onClose(): void };

function Settings({ workspace, owner, showShortcuts, onClose }: SettingsProps) {
  const { outbox } = useSession();
  const signOut = useSignOut(owner);
  return (
    <SettingsDialog
      me={workspace.me}
      unsent={useCell(outbox.entries).filter(({ state }) => state.kind !== 'accepted').length}
      signOut={signOut}
      showShortcuts={showShortcuts}
      onClose={onClose}
    />
  );
}
