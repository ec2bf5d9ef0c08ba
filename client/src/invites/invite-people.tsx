import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import { inviteUsesLimit } from '../../../shared/limits.ts';
import type { Invite } from '../../../shared/protocol.ts';
import { LinkToCopy } from '../copying/link-to-copy.tsx';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { inviteAddress } from './invite-address.ts';
import { InviteItem } from './invite-item.tsx';
import './invites.css';

const validities = [1, 7, 30, 365];

type NewInvite = { clientId: string; guests: boolean; maximumUses: number; validForDays: number };

type InvitePeopleProps = {
  workspace: string;
  invites: UseQueryResult<Invite[]>;
  create(invite: NewInvite): Promise<{ code: string }>;
  revoke(id: number): Promise<unknown>;
  onClose(): void;
};

export function InvitePeople({ workspace, invites, create, revoke, onClose }: InvitePeopleProps) {
  const phrases = useMorePhrases();
  const explain = useExplain();
  const [clientId, setClientId] = useState(mintClientId);
  const [code, setCode] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const inUse = (invites.data ?? []).filter(
    ({ uses, maximumUses, expiresAt }) => uses < maximumUses && expiresAt > Date.now(),
  );

  const attempt = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setFault(undefined);
    try {
      await action();
    } catch (error) {
      setFault(explain(error));
    }
    setBusy(false);
  };

  const submit = (fields: FormData) =>
    attempt(async () => {
      const maximumUses = Math.min(inviteUsesLimit, Math.max(1, Math.round(Number(fields.get('uses')) || 1)));
      const validForDays = Number(fields.get('days')) || 7;
      const made = await create({ clientId, maximumUses, validForDays, guests: fields.get('guests') !== null });
      setCode(made.code);
      setClientId(mintClientId());
    });

  return (
    <Dialog title={phrases.invites.title(workspace)} closeLabel={phrases.actions.close} onClose={onClose}>
      <p className="invite-text">{phrases.invites.text}</p>
      {code !== undefined && <LinkToCopy link={inviteAddress(code)} label={phrases.invites.newLink} />}
      <form
        className="invite-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void submit(new FormData(event.currentTarget));
        }}
      >
        <Field
          label={phrases.invites.uses}
          name="uses"
          type="number"
          inputMode="numeric"
          min={1}
          max={inviteUsesLimit}
          defaultValue={25}
        />
        <div className="field">
          <label htmlFor="invite-days">{phrases.invites.validFor}</label>
          <select className="input" id="invite-days" name="days" defaultValue={7}>
            {validities.map((days) => (
              <option key={days} value={days}>
                {phrases.invites.days(days)}
              </option>
            ))}
          </select>
        </div>
        <Choice type="checkbox" name="guests" label={phrases.invites.guests} hint={phrases.invites.guestsHint} />
        <Fault>{fault}</Fault>
        <Button kind={code === undefined ? 'primary' : 'quiet'} type="submit" busy={busy}>
          {phrases.invites.create}
        </Button>
      </form>
      <section className="invites" aria-busy={invites.isPending}>
        <h3>{phrases.invites.list}</h3>
        {invites.isError && <Fault>{explain(invites.error)}</Fault>}
        {invites.isSuccess && inUse.length === 0 && <p className="invite-text">{phrases.invites.none}</p>}
        <ul>
          {inUse.map((invite) => (
            <InviteItem key={invite.id} invite={invite} revoke={() => void attempt(() => revoke(invite.id))} />
          ))}
        </ul>
      </section>
    </Dialog>
  );
}
