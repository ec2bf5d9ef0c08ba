import { useState } from 'react';
import { faultInMessage } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import type { OutboxEntry } from './outbox.ts';

export type OutboxActions = {
  retry(clientId: string): void;
  edit(clientId: string, text: string): void;
  remove(clientId: string): void;
  /** The message goes without a file that isn't on the server yet. */
  detach(key: string): void;
};

/** Why a message was refused, and what one can do about it. Its text is never lost. */
export function UnsentMessage({ entry, actions }: { entry: OutboxEntry; actions: OutboxActions }) {
  const phrases = usePhrases();
  const [edited, setEdited] = useState<string>();
  const { clientId, state } = entry;
  if (state.kind !== 'failed') return null;

  const sendable = (text: string) => {
    const fault = faultInMessage(text);
    return fault === undefined || (fault === 'empty' && (entry.attachments?.length ?? 0) > 0);
  };
  if (edited !== undefined)
    return (
      <form
        className="unsent-edit"
        onSubmit={(event) => {
          event.preventDefault();
          if (sendable(edited)) actions.edit(clientId, edited);
        }}
      >
        <textarea
          className="input"
          dir="auto"
          rows={3}
          aria-label={phrases.messages.editFailed}
          value={edited}
          // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
          autoFocus
          onChange={(event) => setEdited(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') setEdited(undefined);
          }}
        />
        <Button kind="primary" size="small" type="submit" disabled={!sendable(edited)}>
          {phrases.actions.save}
        </Button>
        <Button size="small" onClick={() => setEdited(undefined)}>
          {phrases.actions.cancel}
        </Button>
      </form>
    );

  return (
    <div className="unsent">
      <p role="alert">
        <Icon name="warning" />
        {phrases.messages.notSent} {phrases.refusals[state.reason](state.details)}
      </p>
      <Button size="small" onClick={() => actions.retry(clientId)}>
        {phrases.actions.retry}
      </Button>
      <Button size="small" onClick={() => setEdited(entry.text)}>
        {phrases.actions.edit}
      </Button>
      <Button size="small" kind="danger" onClick={() => actions.remove(clientId)}>
        {phrases.actions.delete}
      </Button>
    </div>
  );
}
