import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { memberNameLimit, passwordMinimum } from '../../../shared/limits.ts';
import { Blank } from '../design/blank.tsx';
import { Choice, Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { Entrance } from './entrance.tsx';
import { checkName, checkPassword, fieldText } from './entry-checks.ts';
import { EntryForm } from './entry-form.tsx';
import { useIdentity } from './identity-context.tsx';
import { PasswordField } from './password-field.tsx';
import { useCheckStatus } from './status.ts';

/** By an invite link: with a password as a member, or by name alone where the link allows it. */
export function JoinScreen({ code }: { code: string }) {
  const { identity, opening } = useMorePhrases();
  const { ask, queryClient } = useIdentity();
  const explain = useExplain();
  const checkStatus = useCheckStatus();
  const [, navigate] = useLocation();
  const [guest, setGuest] = useState(false);
  const invite = useQuery(
    { queryKey: ['invite', code], queryFn: () => ask.invite.query({ code }), retry: false, gcTime: 0 },
    queryClient,
  );

  if (invite.isPending) return <Blank whole title={opening} turning />;
  if (invite.isError)
    return (
      <Entrance title={identity.inviteWornTitle} text={explain(invite.error)}>
        <p>{identity.inviteWornText}</p>
        <Link className="button" data-kind="quiet" href="/">
          {identity.toSignIn}
        </Link>
      </Entrance>
    );

  const { workspace, invitedBy, guests } = invite.data;
  const submit = async (fields: FormData) => {
    const name = fieldText(fields, 'name');
    await ask.join.mutate(guest ? { code, name } : { code, name, password: fieldText(fields, 'password') });
    await checkStatus();
    navigate('/', { replace: true });
  };

  return (
    <Entrance title={identity.joinTitle(workspace)} text={identity.invitedBy(invitedBy)}>
      <EntryForm
        action={identity.join}
        submit={submit}
        check={(fields) =>
          checkName(fieldText(fields, 'name')) ?? (guest ? undefined : checkPassword(fieldText(fields, 'password')))
        }
      >
        <Field
          label={identity.yourName}
          hint={identity.yourNameHint}
          name="name"
          maxLength={memberNameLimit}
          required
          autoFocus
          autoComplete="username"
        />
        {guests && (
          <fieldset className="entrance-choices">
            <legend>{identity.howToJoin}</legend>
            <Choice
              type="radio"
              name="how"
              label={identity.asMember}
              hint={identity.asMemberHint}
              checked={!guest}
              onChange={() => setGuest(false)}
            />
            <Choice
              type="radio"
              name="how"
              label={identity.asGuest}
              hint={identity.asGuestHint}
              checked={guest}
              onChange={() => setGuest(true)}
            />
          </fieldset>
        )}
        {!guest && <PasswordField hint={identity.passwordHint(passwordMinimum)} autoComplete="new-password" />}
      </EntryForm>
      <p className="entrance-aside">
        <Link href="/">{identity.joinAnyway}</Link>
      </p>
    </Entrance>
  );
}
