import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JoinedChannel, Message } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { type ChannelDialog, ChannelDialogs } from './channel-dialogs.tsx';
import type { PeopleDialog } from './people-dialogs.tsx';
import { directoryQuery, invitesQuery } from './queries.ts';
import { useSession } from './session-context.tsx';
import { useSignOut } from './sign-out.ts';
import { untilJoined } from './until-joined.ts';
import { useNoticesState } from './use-notices-state.ts';

const BrowseChannels = laterDialog(async () => (await import('../channels/browse-channels.tsx')).BrowseChannels);
const CreateChannel = laterDialog(async () => (await import('../channels/create-channel.tsx')).CreateChannel);
const LeaveChannel = laterDialog(async () => (await import('../channels/leave-channel.tsx')).LeaveChannel);
const InvitePeople = laterDialog(async () => (await import('../invites/invite-people.tsx')).InvitePeople);
const SettingsDialog = laterDialog(async () => (await import('../settings/settings-dialog.tsx')).SettingsDialog);
const Pins = laterDialog(async () => (await import('./keep-dialogs.tsx')).Pins);
const Saved = laterDialog(async () => (await import('./keep-dialogs.tsx')).Saved);
const Waiting = laterDialog(async () => (await import('./waiting.tsx')).Waiting);
const Forward = laterDialog(async () => (await import('./keep-dialogs.tsx')).Forward);
const NoticesSettings = laterDialog(async () => (await import('./notices-settings.tsx')).NoticesSettings);
const ShortcutSheet = laterDialog(async () => (await import('../shortcuts/shortcut-sheet.tsx')).ShortcutSheet);
const QuickSwitcher = laterDialog(async () => (await import('./quick-switcher.tsx')).QuickSwitcher);
const AllMentions = laterDialog(async () => (await import('./all-mentions.tsx')).AllMentions);

const PeopleDialogs = laterDialog(async () => (await import('./people-dialogs.tsx')).PeopleDialogs);

export type OpenDialog =
  | { kind: 'browse' }
  | { kind: 'create' }
  | { kind: 'invite' }
  | { kind: 'mentions' }
  | { kind: 'notices' }
  | { kind: 'settings' }
  | { kind: 'shortcuts' }
  | { kind: 'switcher' }
  | { kind: 'leave'; channel: JoinedChannel }
  | { kind: 'pins'; channel: JoinedChannel }
  | { kind: 'saved' }
  | { kind: 'waiting' }
  | { kind: 'forward'; message: Message }
  | PeopleDialog
  | ChannelDialog;

type ChatDialogsProps = {
  dialog: OpenDialog;
  workspace: WorkspaceData;
  owner: string;
  open(dialog: OpenDialog | undefined): void;
  search(typed: string): void;
  goTo(channel: number | undefined): void;
  onClose(): void;
};

/** What is open over the chat, joined to the procedures that it asks; each is loaded when it is first opened. */
export function ChatDialogs({ dialog, workspace, owner, open, search, goTo, onClose: close }: ChatDialogsProps) {
  const session = useSession();
  const { ask } = session;
  switch (dialog.kind) {
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
    case 'pins':
      return <Pins channel={dialog.channel} me={workspace.me} onClose={close} />;
    case 'saved':
      return <Saved workspace={workspace} onClose={close} />;
    case 'waiting':
      return <Waiting workspace={workspace} goTo={goTo} onClose={close} />;
    case 'forward':
      return <Forward message={dialog.message} workspace={workspace} onClose={close} />;
    case 'leave': {
      const leave = async () => {
        await ask.channels.leave.mutate({ channel: dialog.channel.id });
        goTo(undefined);
      };
      return <LeaveChannel channel={dialog.channel} leave={leave} onClose={close} />;
    }
    case 'mentions':
      return <AllMentions workspace={workspace} onClose={close} />;
    case 'invite':
      return <Invites workspace={workspace.workspace.name} onClose={close} />;
    case 'details':
    case 'add-people':
    case 'move':
    case 'replay':
    case 'name-section':
    case 'start-direct':
    case 'people':
      return <ChannelDialogs dialog={dialog} workspace={workspace} open={open} goTo={goTo} />;
    case 'notices':
      return <NoticesSettings workspace={workspace} owner={owner} onClose={close} />;
    case 'settings':
      return (
        <Settings
          workspace={workspace}
          owner={owner}
          showNotices={() => open({ kind: 'notices' })}
          showShortcuts={() => open({ kind: 'shortcuts' })}
          open={open}
          onClose={close}
        />
      );
    case 'profile':
    case 'status':
    case 'account':
    case 'workspace':
      return <PeopleDialogs dialog={dialog} workspace={workspace} onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'switcher':
      return (
        <QuickSwitcher workspace={workspace} owner={owner} open={open} search={search} goTo={goTo} onClose={close} />
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

type SettingsProps = {
  workspace: WorkspaceData;
  owner: string;
  showNotices(): void;
  showShortcuts(): void;
  open(dialog: OpenDialog): void;
  onClose(): void;
};

function Settings({ workspace, owner, showNotices, showShortcuts, open, onClose }: SettingsProps) {
  const { outbox } = useSession();
  const signOut = useSignOut(owner, workspace.workspace.name);
  return (
    <SettingsDialog
      me={workspace.me}
      unsent={useCell(outbox.entries).filter(({ state }) => state.kind !== 'accepted').length}
      signOut={signOut}
      notices={useNoticesState(owner)}
      showNotices={showNotices}
      showShortcuts={showShortcuts}
      open={(kind) => open({ kind })}
      onClose={onClose}
    />
  );
}
