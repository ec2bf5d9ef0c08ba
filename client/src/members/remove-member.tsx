import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { InvitesEnding, Person } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';

type RemoveMemberProps = {
  person: Person;
  invitesEnding(signal: AbortSignal): Promise<InvitesEnding>;
  remove(purge: boolean): Promise<unknown>;
  onClose(): void;
};

export function RemoveMember({ person, invitesEnding, remove, onClose }: RemoveMemberProps) {
  const { members, actions } = useMorePhrases();
  const [purge, setPurge] = useState(false);
  const ending = useQuery({
    queryKey: ['invites-ending', person.id],
    queryFn: ({ signal }) => invitesEnding(signal),
    staleTime: 0,
    gcTime: 0,
  });
  const { busy, fault, run } = useDeed(onClose);
  return (
    <Dialog title={members.removeTitle(person.name)} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{members.removeText(person.name)}</p>
      {ending.data && ending.data.links > 0 && <p className="dialog-note">{members.invitesEnding(ending.data)}</p>}
      <Choice
        type="checkbox"
        label={members.purge}
        hint={members.purgeHint}
        checked={purge}
        onChange={(event) => setPurge(event.target.checked)}
      />
      <Fault>{fault}</Fault>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button kind="danger" busy={busy} onClick={() => void run(() => remove(purge))}>
          {members.removeIt}
        </Button>
      </div>
    </Dialog>
  );
}
