import { type ComponentProps, useId } from 'react';

type FieldProps = ComponentProps<'input'> & { label: string; hint?: string };

export function Field({ label, hint, ...input }: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input className="input" id={id} dir="auto" aria-describedby={hintId} {...input} />
      {hint !== undefined && (
        <span className="hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
}

type ChoiceProps = ComponentProps<'input'> & { label: string; hint?: string };

/** A check box or radio button with a line that explains it. */
export function Choice({ label, hint, ...input }: ChoiceProps) {
  const id = useId();
  return (
    <label className="choice">
      <input aria-labelledby={`${id}-label`} aria-describedby={hint && `${id}-hint`} {...input} />
      <strong id={`${id}-label`}>{label}</strong>
      {hint !== undefined && (
        <span className="hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
    </label>
  );
}

/** What went wrong, said at once to whoever can't see it. */
export function Fault({ children }: { children: string | undefined }) {
  return <div role="alert">{children !== undefined && <p className="fault">{children}</p>}</div>;
}

type SegmentsProps<T extends string> = {
  label: string;
  options: readonly T[];
  nameOf(option: T): string;
  value: T;
  onChoose(value: T): void;
};

/** One of a few, all in sight. */
export function Segments<T extends string>({ label, options, nameOf, value, onChoose }: SegmentsProps<T>) {
  return (
    <fieldset className="segments" aria-label={label}>
      {options.map((option) => (
        <button key={option} type="button" aria-pressed={option === value} onClick={() => onChoose(option)}>
          {nameOf(option)}
        </button>
      ))}
    </fieldset>
  );
}
