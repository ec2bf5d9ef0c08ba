import { type ReactNode, useState } from 'react';
import { Button } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import type { Refusal } from '../wire/refusal.ts';
import { useExplain } from '../wire/use-explain.ts';

type EntryFormProps = {
  action: string;
  /** What is wrong with it already, so that the server needn't be asked. */
  check(fields: FormData): Refusal | undefined;
  submit(fields: FormData): Promise<unknown>;
  children: ReactNode;
};

/** A form before the chat: checks, sends, and says in the person's language what went wrong. */
export function EntryForm({ action, check, submit, children }: EntryFormProps) {
  const phrases = usePhrases();
  const explain = useExplain();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<{ error: unknown }>();

  const onSubmit = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const refusal = check(fields);
    if (refusal) return setFault({ error: { data: refusal } });
    setBusy(true);
    setFault(undefined);
    try {
      await submit(fields);
    } catch (error) {
      setFault({ error });
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void onSubmit(event.currentTarget);
      }}
    >
      {children}
      <Fault>{fault && explain(fault.error)}</Fault>
      <Button kind="primary" type="submit" busy={busy}>
        {busy ? `${phrases.connection.connecting}` : action}
      </Button>
    </form>
  );
}
