import { useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';

type RemoveMemberProps = { person: Person; remove(purge: boolean): Promise<unknown>; onClose(): void };

export function RemoveMember({ person, remove, onClose }: RemoveMemberProps) {
  const { members, actions } = useMorePhrases();
  const [purge, setPurge] = useState(false);
  const { busy, fault, run } = useDeed(onClose);
  return (
    <Dialog title={members.removeTitle(person.name)} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{members.removeText(person.name)}</p>
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
