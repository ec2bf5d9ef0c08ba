import { useState } from 'react';
import { passwordLimit } from '../../../shared/limits.ts';
import type { Person } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { refusalOf } from '../wire/refusal.ts';
import { useDeed } from '../wire/use-deed.ts';

type HandOverProps = { person: Person; handOver(password: string): Promise<unknown>; onClose(): void };

/** The workspace becomes somebody else's, once its owner has given their password. */
export function HandOver({ person, handOver, onClose }: HandOverProps) {
  const { members, account, actions } = useMorePhrases();
  const { busy, fault, run } = useDeed(onClose);
  const [wrong, setWrong] = useState(false);
  const attempt = async (password: string) => {
    try {
      await handOver(password);
    } catch (error) {
      setWrong(refusalOf(error)?.reason === 'wrong-credentials');
      throw error;
    }
  };
  return (
    <Dialog title={members.handOverTitle(person.name)} closeLabel={actions.close} onClose={onClose}>
      <p className="dialog-note">{members.handOverText(person.name)}</p>
      <form
        className="dialog-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const password = String(new FormData(event.currentTarget).get('password') ?? '');
          void run(() => attempt(password));
        }}
      >
        <Field
          label={account.current}
          name="password"
          type="password"
          maxLength={passwordLimit}
          required
          autoComplete="current-password"
        />
        <Fault>{fault && wrong ? account.wrongPassword : fault}</Fault>
        <div className="dialog-actions">
          <Button onClick={onClose}>{actions.cancel}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {members.handOverIt}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
