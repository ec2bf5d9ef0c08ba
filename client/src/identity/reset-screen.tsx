import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { passwordMinimum } from '../../../shared/limits.ts';
import { Blank } from '../design/blank.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import { Entrance } from './entrance.tsx';
import { checkPassword, fieldText } from './entry-checks.ts';
import { EntryForm } from './entry-form.tsx';
import { useIdentity } from './identity-context.tsx';
import { PasswordField } from './password-field.tsx';
import { useCheckStatus } from './status.ts';

/** By a one-time link, for who has forgotten their password: `/reset#<token>`. */
export function ResetScreen() {
  const { identity, opening } = useMorePhrases();
  const { ask, queryClient } = useIdentity();
  const explain = useExplain();
  const checkStatus = useCheckStatus();
  const [, navigate] = useLocation();
  const [token] = useState(() => location.hash.slice(1));
  const link = useQuery(
    { queryKey: ['password-link', token], queryFn: () => ask.passwordLink.mutate({ token }), retry: false, gcTime: 0 },
    queryClient,
  );

  if (link.isPending) return <Blank whole title={opening} turning />;
  if (link.isError)
    return (
      <Entrance title={identity.inviteWornTitle} text={explain(link.error)}>
        <Link className="button" data-kind="quiet" href="/">
          {identity.toSignIn}
        </Link>
      </Entrance>
    );

  const { name, workspace } = link.data;
  const submit = async (fields: FormData) => {
    await ask.resetPassword.mutate({ token, password: fieldText(fields, 'password') });
    await checkStatus();
    navigate('/', { replace: true });
  };

  return (
    <Entrance title={identity.resetTitle(name)} text={identity.resetText(workspace)}>
      <EntryForm
        action={identity.reset}
        submit={submit}
        check={(fields) => checkPassword(fieldText(fields, 'password'))}
      >
        {/* The browser keeps the password under this name. */}
        <input type="text" autoComplete="username" value={name} readOnly hidden />
        <PasswordField hint={identity.passwordHint(passwordMinimum)} autoComplete="new-password" autoFocus />
      </EntryForm>
    </Entrance>
  );
}
