import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import type { JoinedChannel, Message } from '../../../shared/protocol.ts';
import { useCell } from '../cell.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { type ChannelDialog, ChannelDialogs } from './channel-dialogs.tsx';
import { directoryQuery, invitesQuery } from './queries.ts';
import { useSession } from './session-context.tsx';
import { useSignOut } from './sign-out.ts';
import { untilJoined } from './until-joined.ts';

const BrowseChannels = lazy(async () => ({
  default: (await import('../channels/browse-channels.tsx')).BrowseChannels,
}));
const CreateChannel = lazy(async () => ({ default: (await import('../channels/create-channel.tsx')).CreateChannel }));
const LeaveChannel = lazy(async () => ({ default: (await import('../channels/leave-channel.tsx')).LeaveChannel }));
const InvitePeople = lazy(async () => ({ default: (await import('../invites/invite-people.tsx')).InvitePeople }));
const SettingsDialog = lazy(async () => ({
  default: (await import('../settings/settings-dialog.tsx')).SettingsDialog,
}));
const Pins = lazy(async () => ({ default: (await import('./keep-dialogs.tsx')).Pins }));
const Saved = lazy(async () => ({ default: (await import('./keep-dialogs.tsx')).Saved }));
const Forward = lazy(async () => ({ default: (await import('./keep-dialogs.tsx')).Forward }));
const ShortcutSheet = lazy(() =>
  import('../shortcuts/shortcut-sheet.tsx').then(({ ShortcutSheet: sheet }) => ({ default: sheet })),
);

const AllMentions = lazy(() => import('./all-mentions.tsx').then(({ AllMentions }) => ({ default: AllMentions })));

export type OpenDialog =
  | { kind: 'browse' }
  | { kind: 'create' }
  | { kind: 'invite' }
  | { kind: 'mentions' }
  | { kind: 'settings' }
  | { kind: 'shortcuts' }
  | { kind: 'leave'; channel: JoinedChannel }
  | { kind: 'pins'; channel: JoinedChannel }
  | { kind: 'saved' }
  | { kind: 'forward'; message: Message }
  | ChannelDialog;

type ChatDialogsProps = {
  dialog: OpenDialog | undefined;
  workspace: WorkspaceData;
  owner: string;
  open(dialog: OpenDialog | undefined): void;
  goTo(channel: number | undefined): void;
};

/** What is open over the chat; each is loaded when it is first opened. */
export function ChatDialogs(props: ChatDialogsProps) {
  return (
    <Suspense>
      <OpenedDialog {...props} />
    </Suspense>
  );
}

/** Joined to the procedures that it asks. */
function OpenedDialog({ dialog, workspace, owner, open, goTo }: ChatDialogsProps) {
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
    case 'pins':
      return <Pins channel={dialog.channel} me={workspace.me} onClose={close} />;
    case 'saved':
      return <Saved workspace={workspace} onClose={close} />;
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
      return (
        <Suspense>
          <AllMentions workspace={workspace} onClose={close} />
        </Suspense>
      );
    case 'invite':
      return (
        <Suspense>
          <Invites workspace={workspace.workspace.name} onClose={close} />
        </Suspense>
      );
    case 'details':
    case 'add-people':
    case 'move':
    case 'name-section':
    case 'start-direct':
    case 'people':
      return <ChannelDialogs dialog={dialog} workspace={workspace} open={open} goTo={goTo} />;
    case 'settings':
      return (
        <Suspense>
          <Settings
            workspace={workspace}
            owner={owner}
            showShortcuts={() => open({ kind: 'shortcuts' })}
            onClose={close}
          />
        </Suspense>
      );
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
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
