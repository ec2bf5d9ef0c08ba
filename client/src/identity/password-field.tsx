import { type ComponentProps, useState } from 'react';
import { passwordLimit } from '../../../shared/limits.ts';
import { Field } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';

type PasswordFieldProps = Pick<ComponentProps<typeof Field>, 'hint' | 'autoComplete' | 'autoFocus' | 'name'>;

export function PasswordField(props: PasswordFieldProps) {
  const { identity, actions } = useMorePhrases();
  const [shown, setShown] = useState(false);
  return (
    <div className="password">
      <Field
        label={identity.password}
        name="password"
        type={shown ? 'text' : 'password'}
        maxLength={passwordLimit}
        required
        {...props}
      />
      <label className="password-shown">
        <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
        {actions.showPassword}
      </label>
    </div>
  );
}
