import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAskIdentity } from '../identity/identity-context.tsx';
import { replaceInArea } from '../markdown/edit-area.ts';
import { HandOver } from '../members/hand-over.tsx';
import { PasswordLink } from '../members/password-link.tsx';
import { PersonMenu } from '../members/person-menu.tsx';
import { RemoveMember } from '../members/remove-member.tsx';
import { PersonCard } from '../people/person-card.tsx';
import type { personRequest } from '../people/show-person.ts';
import { useExplain } from '../wire/use-explain.ts';
import type { WorkspaceData } from '../workspace/workspace-data.ts';
import type { OpenDialog } from './chat-dialogs.tsx';
import { profileQuery } from './people-queries.ts';
import { useSession } from './session-context.tsx';
import { untilJoined } from './until-joined.ts';

type PersonCardPlaceProps = {
  request: NonNullable<ReturnType<typeof personRequest.get>>;
  workspace: WorkspaceData;
  openDialog(dialog: OpenDialog | undefined): void;
  goTo(channel: number): void;
  onClose(): void;
};

export function PersonCardPlace({ request, workspace, openDialog, goTo, onClose }: PersonCardPlaceProps) {
  const session = useSession();
  const { ask } = session;
  const askIdentity = useAskIdentity();
  const { me } = workspace;
  const { member, anchor, mentionIn } = request;
  const explain = useExplain();
  const profile = useQuery(profileQuery(session, member));
  const [fault, setFault] = useState<string>();
  const [over, setOver] = useState<'removal' | 'password-link' | 'hand-over'>();
  const attempt = (call: Promise<unknown>) => {
    setFault(undefined);
    void call.catch((error: unknown) => setFault(explain(error)));
  };
  const person = profile.data?.person;
  const message = async () => {
    const { id } = await ask.channels.openDirect.mutate({ people: [member] });
    await untilJoined(session, id);
    onClose();
    openDialog(undefined);
    goTo(id);
  };
  const mention = (area: HTMLTextAreaElement, name: string) => {
    onClose();
    // The card is gone by then, and the focus free.
    setTimeout(() => {
      const { selectionStart: start, selectionEnd: end, value } = area;
      const before = start === 0 || /\s$/u.test(value.slice(0, start)) ? '' : ' ';
      area.focus();
      replaceInArea(area, { start, end, text: `${before}@${name} ` });
    });
  };
  const open = (dialog: OpenDialog) => {
    onClose();
    openDialog(dialog);
  };

  if (over === 'password-link' && person)
    return (
      <PasswordLink person={person} make={() => ask.members.makePasswordLink.mutate({ member })} onClose={onClose} />
    );
  if (over === 'hand-over' && person)
    return (
      <HandOver
        person={person}
        handOver={(password) => askIdentity.handOver.mutate({ member, password })}
        onClose={onClose}
      />
    );
  if (over === 'removal' && person)
    return (
      <RemoveMember
        person={person}
        invitesEnding={(signal) => ask.members.invitesEnding.query({ member }, { signal })}
        remove={(purge) => ask.members.remove.mutate({ member, purge })}
        onClose={onClose}
      />
    );
  return (
    <PersonCard
      profile={profile.data}
      me={me}
      anchor={anchor}
      fault={fault ?? (profile.isError && profile.data === undefined ? explain(profile.error) : undefined)}
      onMessage={() => attempt(message())}
      onMention={mentionIn && person ? () => mention(mentionIn, person.name) : undefined}
      onEdit={() => open({ kind: 'profile' })}
      onStatus={() => open({ kind: 'status' })}
      menu={
        person && (
          <PersonMenu
            me={me}
            person={person}
            inWorkspace={{
              setRole: (role) => attempt(ask.members.setRole.mutate({ member, role })),
              makePasswordLink: () => setOver('password-link'),
              handOver: () => setOver('hand-over'),
              remove: () => setOver('removal'),
            }}
          />
        )
      }
      onClose={onClose}
    />
  );
}
