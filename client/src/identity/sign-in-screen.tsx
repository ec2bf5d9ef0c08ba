import { memberNameLimit } from '../../../shared/limits.ts';
import { Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { Entrance } from './entrance.tsx';
import { checkName, fieldText } from './entry-checks.ts';
import { EntryForm } from './entry-form.tsx';
import { useAskIdentity } from './identity-context.tsx';
import { PasswordField } from './password-field.tsx';
import { useCheckStatus } from './status.ts';

type SignInScreenProps = {
  workspace: string;
  /** What brought the person here, where it needs saying. */
  because?: 'session-ended' | 'ended-elsewhere' | 'removed' | 'not-told' | 'already-set-up' | undefined;
};

export function SignInScreen({ workspace, because }: SignInScreenProps) {
  const { identity } = useMorePhrases();
  const ask = useAskIdentity();
  const checkStatus = useCheckStatus();
  const text = {
    'session-ended': identity.sessionEnded,
    'ended-elsewhere': identity.endedElsewhere,
    removed: identity.removed,
    'not-told': identity.notTold,
    'already-set-up': identity.setUpDoneText,
  };

  const submit = async (fields: FormData) => {
    await ask.signIn.mutate({ name: fieldText(fields, 'name'), password: fieldText(fields, 'password') });
    await checkStatus();
  };

  return (
    <Entrance
      title={because === 'already-set-up' ? identity.setUpDoneTitle : identity.signInTitle(workspace)}
      text={because && text[because]}
    >
      <EntryForm action={identity.signIn} submit={submit} check={(fields) => checkName(fieldText(fields, 'name'))}>
        <Field
          label={identity.yourName}
          name="name"
          maxLength={memberNameLimit}
          required
          autoFocus
          autoComplete="username"
        />
        <PasswordField autoComplete="current-password" />
      </EntryForm>
      <p className="entrance-aside">{identity.forgot}</p>
      <p className="entrance-aside">{identity.noAccount}</p>
    </Entrance>
  );
}
