import { useQuery } from '@tanstack/react-query';
import { useIdentity } from '../identity/identity-context.tsx';
import { EditProfile } from '../people/edit-profile.tsx';
import { SetStatus } from '../people/set-status.tsx';
import { useStatusOf } from '../people/statuses.ts';
import { AccountDialog } from '../settings/account-dialog.tsx';
import { RenameWorkspace } from '../settings/rename-workspace.tsx';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { profileQuery } from './people-queries.ts';
import { useSession } from './session-context.tsx';
import { uploadAvatar } from './upload-avatar.ts';

export type PeopleDialog = { kind: 'profile' } | { kind: 'status' } | { kind: 'account' } | { kind: 'workspace' };

type PeopleDialogsProps = { dialog: PeopleDialog; workspace: WorkspaceData; onClose(): void };

/** What one sets of oneself, and the owner of the workspace. */
export function PeopleDialogs({ dialog, workspace, onClose }: PeopleDialogsProps) {
  switch (dialog.kind) {
    case 'profile':
      return <Profile workspace={workspace} onClose={onClose} />;
    case 'status':
      return <Status workspace={workspace} onClose={onClose} />;
    case 'account':
      return <Account workspace={workspace} onClose={onClose} />;
    case 'workspace':
      return <Workspace workspace={workspace} onClose={onClose} />;
  }
}

type PartProps = Omit<PeopleDialogsProps, 'dialog'>;

function Profile({ workspace: { me }, onClose }: PartProps) {
  const session = useSession();
  const { changeProfile, removeAvatar } = session.ask.members;
  const profile = useQuery(profileQuery(session, me.id));
  if (profile.data === undefined) return null;
  return (
    <EditProfile
      me={me}
      profile={profile.data}
      change={(change) => changeProfile.mutate(change)}
      upload={uploadAvatar}
      removePicture={() => removeAvatar.mutate()}
      onClose={onClose}
    />
  );
}

function Status({ workspace: { me }, onClose }: PartProps) {
  const { ask } = useSession();
  return (
    <SetStatus
      status={useStatusOf(me.id)}
      set={(status) => ask.members.setStatus.mutate({ status })}
      onClose={onClose}
    />
  );
}

function Workspace({ workspace: { workspace }, onClose }: PartProps) {
  const { ask } = useSession();
  return (
    <RenameWorkspace name={workspace.name} rename={(name) => ask.workspace.rename.mutate({ name })} onClose={onClose} />
  );
}

function Account({ workspace: { me }, onClose }: PartProps) {
  const { ask } = useSession();
  const identity = useIdentity();
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => ask.identity.sessions.query(undefined, { signal }),
    staleTime: 0,
    gcTime: 0,
    // A device that comes in is noted some seconds later.
    refetchInterval: 5_000,
  });
  const { refetch } = sessions;
  const resets = useQuery({
    queryKey: ['password-resets'],
    queryFn: ({ signal }) => ask.identity.passwordResets.query(undefined, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <AccountDialog
      me={me}
      sessions={sessions}
      resets={resets.data ?? []}
      end={async (session) => {
        await ask.identity.endSessions.mutate(session === undefined ? {} : { session });
        await refetch();
      }}
      changePassword={async (change) => {
        await identity.ask.changePassword.mutate(change);
        await refetch();
      }}
      onClose={onClose}
    />
  );
}
