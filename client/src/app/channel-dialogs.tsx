import { addPeopleLimit, directPeopleLimit } from '../../../shared/limits.ts';
import type { JoinedChannel } from '../../../shared/protocol.ts';
import type { DetailsTab } from '../channels/channel-details.tsx';
import { useAskIdentity } from '../identity/identity-context.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { laterDialog } from '../loading/later-dialog.tsx';
import { laterPlace } from '../loading/later-place.tsx';
import { placeName } from '../place-name.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import { conversationQuery } from './conversation-queries.ts';
import { mayDescribe, mayLookAfter } from './permissions.ts';
import { searchPeople } from './queries.ts';
import { useSession } from './session-context.tsx';
import { untilJoined } from './until-joined.ts';

// None of them is needed to show a conversation.
const ChannelDetails = laterDialog(async () => (await import('../channels/channel-details.tsx')).ChannelDetails);
const ChannelPeople = laterPlace(async () => (await import('../members/channel-people.tsx')).ChannelPeople);
const PickPeople = laterDialog(async () => (await import('../members/pick-people.tsx')).PickPeople);
const PeopleDirectory = laterDialog(async () => (await import('../members/people-directory.tsx')).PeopleDirectory);
const ReplayDialog = laterDialog(async () => (await import('../messages/replay/replay-dialog.tsx')).ReplayDialog);
const NameSection = laterDialog(async () => (await import('../channels/section-dialogs.tsx')).NameSection);
const MoveChannel = laterDialog(async () => (await import('../channels/section-dialogs.tsx')).MoveChannel);

/** Over one channel, or over the order of all. */
export type ChannelDialog =
  | { kind: 'details'; channel: number; tab: DetailsTab }
  | { kind: 'add-people'; channel: number }
  | { kind: 'move'; channel: number }
  | { kind: 'replay'; channel: number }
  | { kind: 'name-section'; section: string | undefined }
  | { kind: 'start-direct' }
  | { kind: 'people' };

type ChannelDialogsProps = {
  dialog: ChannelDialog;
  workspace: WorkspaceData;
  open(dialog: ChannelDialog | undefined): void;
  goTo(channel: number): void;
};

export function ChannelDialogs({ dialog, workspace, open, goTo }: ChannelDialogsProps) {
  const session = useSession();
  const { ask } = session;
  const askIdentity = useAskIdentity();
  const phrases = usePhrases();
  const { me, sidebar } = workspace;
  const close = () => open(undefined);
  const openDirect = async (people: number[]) => {
    const { id } = await ask.channels.openDirect.mutate({ people });
    await untilJoined(session, id);
    goTo(id);
  };
  const picking = { search: searchPeople(session), me: me.id, onClose: close };

  if (dialog.kind === 'start-direct')
    return (
      <PickPeople
        {...picking}
        title={phrases.direct.start}
        text={phrases.direct.text}
        action={phrases.direct.open}
        limit={directPeopleLimit - 1}
        confirm={openDirect}
      />
    );
  if (dialog.kind === 'people')
    return (
      <PeopleDirectory
        me={me}
        search={picking.search}
        onMessage={async (person) => {
          await openDirect([person]);
          close();
        }}
        setRole={(member, role) => ask.members.setRole.mutate({ member, role })}
        makePasswordLink={(member) => ask.members.makePasswordLink.mutate({ member })}
        handOver={(member, password) => askIdentity.handOver.mutate({ member, password })}
        invitesEnding={(member, signal) => ask.members.invitesEnding.query({ member }, { signal })}
        remove={(member, purge) => ask.members.remove.mutate({ member, purge })}
        onClose={close}
      />
    );
  if (dialog.kind === 'name-section')
    return (
      <NameSection
        sidebar={sidebar}
        section={dialog.section}
        arrange={(arranged) => ask.workspace.setSidebar.mutate(arranged)}
        onClose={close}
      />
    );
  const channel = workspace.channels.find(({ id }) => id === dialog.channel);
  if (channel === undefined) return null; // left, or removed from it
  const set = (change: Partial<JoinedChannel['membership']>) =>
    ask.channels.setMembership.mutate({ channel: channel.id, ...change });
  if (dialog.kind === 'move')
    return (
      <MoveChannel
        channel={channel}
        sidebar={sidebar}
        move={(section) => set({ section, favourite: false })}
        onNew={() => open({ kind: 'name-section', section: undefined })}
        onClose={close}
      />
    );
  if (dialog.kind === 'replay') {
    const oldestLoaded = session.queryClient.getQueryData(conversationQuery(session, channel.id).queryKey)?.messages[0];
    return (
      <ReplayDialog
        load={(after) => ask.messages.stretch.query({ channel: channel.id, after })}
        from={oldestLoaded?.id ?? 1}
        onClose={close}
      />
    );
  }
  if (dialog.kind === 'add-people')
    return (
      <PickPeople
        {...picking}
        title={phrases.channels.addPeopleTitle(placeName(channel))}
        text={phrases.channels.addPeopleText}
        action={phrases.channels.add}
        limit={addPeopleLimit}
        confirm={(people) => ask.channels.addPeople.mutate({ channel: channel.id, people })}
        onClose={() => open({ kind: 'details', channel: channel.id, tab: 'people' })}
      />
    );
  return (
    <ChannelDetails
      channel={channel}
      opened={dialog.tab}
      mayDescribe={mayDescribe(me, channel)}
      mayLookAfter={mayLookAfter(me, channel)}
      change={(change) => ask.channels.change.mutate({ channel: channel.id, ...change })}
      set={set}
      people={
        <ChannelPeople
          channel={channel}
          me={me}
          search={picking.search}
          mayLookAfter={mayLookAfter(me, channel)}
          onAdd={
            mayDescribe(me, channel) && !channel.archived
              ? () => open({ kind: 'add-people', channel: channel.id })
              : undefined
          }
          onMessage={async (person) => {
            await openDirect([person]);
            close();
          }}
          remove={(person) => ask.channels.removePerson.mutate({ channel: channel.id, person })}
          setOwner={(person, owner) => ask.channels.setOwner.mutate({ channel: channel.id, person, owner })}
        />
      }
      onClose={close}
    />
  );
}
