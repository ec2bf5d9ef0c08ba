import { useState } from 'react';
import type { Person } from '../../../shared/protocol.ts';
import { LinkToCopy } from '../copying/link-to-copy.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';

type PasswordLinkProps = { person: Person; make(): Promise<{ token: string }>; onClose(): void };

/** For somebody who has forgotten their password: a link that is shown once, to be given to them. */
export function PasswordLink({ person, make, onClose }: PasswordLinkProps) {
  const { members, actions } = useMorePhrases();
  const explain = useExplain();
  const [token, setToken] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const create = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      setToken((await make()).token);
    } catch (error) {
      setFault(explain(error));
    }
    setBusy(false);
  };
  return (
    <Dialog title={members.passwordLinkTitle(person.name)} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{members.passwordLinkText(person.name)}</p>
      {token !== undefined && (
        <LinkToCopy link={`${location.origin}/reset#${token}`} label={members.passwordLinkLabel} />
      )}
      <Fault>{fault}</Fault>
      {token === undefined && (
        <div className="dialog-actions">
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button kind="primary" busy={busy} onClick={() => void create()}>
            {members.passwordLinkMake}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
