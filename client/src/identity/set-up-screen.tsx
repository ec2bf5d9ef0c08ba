import { memberNameLimit, passwordMinimum, workspaceNameLimit } from '../../../shared/limits.ts';
import { Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { Entrance } from './entrance.tsx';
import { checkName, checkPassword, fieldText } from './entry-checks.ts';
import { EntryForm } from './entry-form.tsx';
import { useAskIdentity } from './identity-context.tsx';
import { PasswordField } from './password-field.tsx';
import { useCheckStatus } from './status.ts';

/** The owner's first visit, by the one-time link: `/setup#<token>`. */
export function SetUpScreen() {
  const { identity } = useMorePhrases();
  const ask = useAskIdentity();
  const checkStatus = useCheckStatus();

  const submit = async (fields: FormData) => {
    await ask.setUp.mutate({
      token: location.hash.slice(1),
      workspace: fieldText(fields, 'workspace'),
      name: fieldText(fields, 'name'),
      password: fieldText(fields, 'password'),
    });
    await checkStatus();
  };

  return (
    <Entrance title={identity.setUpTitle} text={identity.setUpText}>
      <EntryForm
        action={identity.setUp}
        submit={submit}
        check={(fields) =>
          checkName(fieldText(fields, 'workspace'), workspaceNameLimit) ??
          checkName(fieldText(fields, 'name')) ??
          checkPassword(fieldText(fields, 'password'))
        }
      >
        <Field
          label={identity.workspaceName}
          hint={identity.workspaceHint}
          name="workspace"
          maxLength={workspaceNameLimit}
          required
          autoFocus
          autoComplete="organization"
        />
        <Field
          label={identity.yourName}
          hint={identity.yourNameHint}
          name="name"
          maxLength={memberNameLimit}
          required
          autoComplete="username"
        />
        <PasswordField hint={identity.passwordHint(passwordMinimum)} autoComplete="new-password" />
      </EntryForm>
    </Entrance>
  );
}
