import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import type { OutboxEntry } from './outbox.ts';
import { textAfter } from './outbox-changes.ts';
import { UnsentEditor } from './unsent-editor.tsx';

export type OutboxActions = {
  retry(clientId: string): void;
  edit(clientId: string, text: string): void;
  remove(clientId: string): void;
  /** The message goes without a file that isn't on the server yet. */
  detach(key: string): void;
};

/** Why a message was refused, and what one can do about it. Its text is never lost. */
export function UnsentMessage({ entry, actions }: { entry: OutboxEntry; actions: OutboxActions }) {
  const phrases = useMorePhrases();
  const [editing, setEditing] = useState(false);
  const { clientId, state } = entry;
  if (state.kind !== 'failed') return null;

  if (editing)
    return (
      <UnsentEditor
        text={textAfter(entry) ?? ''}
        hasFiles={(entry.attachments?.length ?? 0) > 0}
        save={(text) => {
          actions.edit(clientId, text);
          setEditing(false);
        }}
        onCancel={() => setEditing(false)}
      />
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
      <Button size="small" onClick={() => setEditing(true)}>
        {phrases.actions.edit}
      </Button>
      <Button size="small" kind="danger" onClick={() => actions.remove(clientId)}>
        {phrases.actions.delete}
      </Button>
    </div>
  );
}
