import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { passwordLimit, passwordMinimum } from '../../../shared/limits.ts';
import type { ListedSession, PasswordReset, Person } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Choice, Fault, Field } from '../design/field.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { refusalOf } from '../wire/refusal.ts';
import { useExplain } from '../wire/use-explain.ts';
import './settings.css';

type AccountDialogProps = {
  me: Person;
  sessions: UseQueryResult<ListedSession[]>;
  resets: readonly PasswordReset[];
  /** One of them, or all but this one. */
  end(session?: number): Promise<unknown>;
  changePassword(change: { current: string; password: string; endOthers: boolean }): Promise<unknown>;
  onClose(): void;
};

/** How I come in, and where I am in. */
export function AccountDialog({ me, sessions, resets, end, changePassword, onClose }: AccountDialogProps) {
  const { account, actions } = useMorePhrases();
  return (
    <Dialog title={account.title} closeLabel={actions.close} onClose={onClose}>
      {me.role === 'guest' ? <p className="dialog-note">{account.guest}</p> : <PasswordForm change={changePassword} />}
      <Resets resets={resets} />
      <Sessions sessions={sessions} end={end} />
    </Dialog>
  );
}

function PasswordForm({ change }: { change: AccountDialogProps['changePassword'] }) {
  const { account, identity, refusals } = useMorePhrases();
  const explain = useExplain();
  const [endOthers, setEndOthers] = useState(true);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const [done, setDone] = useState(false);

  const submit = async (form: HTMLFormElement) => {
    const fields = new FormData(form);
    const password = String(fields.get('password'));
    setDone(false);
    if (password.length < passwordMinimum) return setFault(refusals['password-too-short']({ limit: passwordMinimum }));
    setBusy(true);
    setFault(undefined);
    try {
      await change({ current: String(fields.get('current')), password, endOthers });
      form.reset();
      setDone(true);
    } catch (error) {
      setFault(refusalOf(error)?.reason === 'wrong-credentials' ? account.wrongPassword : explain(error));
    } finally {
      setBusy(false);
    }
  };

  const limits = { type: 'password', required: true, maxLength: passwordLimit } as const;
  return (
    <form
      className="account-password"
      noValidate
      aria-label={account.changePassword}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) void submit(event.currentTarget);
      }}
    >
      <h3>{account.changePassword}</h3>
      <Field label={account.current} name="current" autoComplete="current-password" {...limits} />
      <Field
        label={account.next}
        hint={identity.passwordHint(passwordMinimum)}
        name="password"
        autoComplete="new-password"
        {...limits}
      />
      <Choice
        type="checkbox"
        label={account.endOthersToo}
        hint={account.endOthersHint}
        checked={endOthers}
        onChange={(event) => setEndOthers(event.target.checked)}
      />
      <Fault>{fault}</Fault>
      <div className="dialog-actions">
        <span role="status" className="account-done">
          {done && account.changed}
        </span>
        <Button type="submit" busy={busy}>
          {account.changePassword}
        </Button>
      </div>
    </form>
  );
}

function Sessions({ sessions, end }: Pick<AccountDialogProps, 'sessions' | 'end'>) {
  const { account, actions } = useMorePhrases();
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const [ending, setEnding] = useState<number>();
  const listed = sessions.data ?? [];
  const attempt = async (session?: number) => {
    setEnding(session ?? 0);
    setFault(undefined);
    try {
      await end(session);
    } catch (error) {
      setFault(explain(error));
    } finally {
      setEnding(undefined);
    }
  };
  return (
    <section className="account-sessions" aria-label={account.devices}>
      <h3>{account.devices}</h3>
      <p className="dialog-note">{account.devicesText}</p>
      {sessions.isError && (
        <>
          <Fault>{explain(sessions.error)}</Fault>
          <Button onClick={() => void sessions.refetch()}>{actions.retry}</Button>
        </>
      )}
      <ul aria-busy={sessions.isPending}>
        {listed.map((session) => (
          <SessionItem
            key={session.id}
            session={session}
            busy={ending === session.id}
            end={() => void attempt(session.id)}
          />
        ))}
      </ul>
      <Fault>{fault}</Fault>
      {listed.length > 1 && (
        <Button kind="danger" busy={ending === 0} onClick={() => void attempt()}>
          {account.endOthers}
        </Button>
      )}
    </section>
  );
}

/** Nobody sets my password without my learning of it. */
function Resets({ resets }: Pick<AccountDialogProps, 'resets'>) {
  const { account } = useMorePhrases();
  const formats = useFormats();
  return resets.map(({ at, by }) => (
    <p key={at} className="dialog-note">
      {account.reset(by ?? account.whoRunsIt, formats.dateAndTime(at))}
    </p>
  ));
}

/** What was cut away of an address, as people write it. */
function readable(network: string): string {
  return network.replace('.…', '.x.x').replace(':…', '::');
}

type SessionItemProps = { session: ListedSession; busy: boolean; end(): void };

function SessionItem({ session, busy, end }: SessionItemProps) {
  const { account } = useMorePhrases();
  const formats = useFormats();
  const { browser, system, network, usedAt, current } = session;
  const name = [browser, system].filter(Boolean).join(' · ') || account.unknownDevice;
  return (
    <li>
      <span>
        <strong>{name}</strong>
        {current && <em>{account.thisDevice}</em>}
        <small>
          {account.lastUsed(formats.dateAndTime(usedAt))}
          {network !== '' && ` · ${account.network(readable(network))}`}
        </small>
      </span>
      {!current && (
        <Button size="small" busy={busy} aria-label={account.endNamed(name)} onClick={end}>
          {account.end}
        </Button>
      )}
    </li>
  );
}
