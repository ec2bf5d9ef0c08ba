import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useFormats, useMorePhrases } from '../language/use-phrases.ts';
import { heldAfter, type Waits, waitsFor } from './message-rows.ts';
import type { OutboxEntry } from './outbox.ts';
import { textAfter } from './outbox-changes.ts';
import { UnsentEditor } from './unsent-editor.tsx';
import type { OutboxActions } from './unsent-message.tsx';
import './waiting-list.css';

type Waiting = { entry: OutboxEntry; place: string; show: (() => void) | undefined };
type WaitingListProps = { entries: Waiting[]; actions: OutboxActions; online: boolean; onClose(): void };

/** What hasn't been sent, in the order in which it leaves, to be looked at, changed or taken back. */
export function WaitingList({ entries, actions, online, onClose }: WaitingListProps) {
  const phrases = useMorePhrases();
  const { waitingList } = phrases;
  return (
    <Dialog title={waitingList.title} closeLabel={phrases.actions.close} onClose={onClose}>
      <p className="dialog-note" role="status">
        {entries.length === 0 ? waitingList.none : waitingList.text}
      </p>
      <ol className="waiting-list">
        {entries.map((waiting) => (
          <WaitingItem
            key={waiting.entry.order}
            {...waiting}
            waits={waitsFor(waiting.entry, heldIn(entries, waiting.entry), online)}
            actions={actions}
          />
        ))}
      </ol>
    </Dialog>
  );
}

/** What was refused holds up what comes after it in its own place alone. */
function heldIn(entries: Waiting[], { channel, thread }: OutboxEntry): number {
  return heldAfter(
    entries.flatMap(({ entry }) => (entry.channel === channel && entry.thread?.root === thread?.root ? [entry] : [])),
  );
}

type WaitingItemProps = Waiting & { waits: Waits; actions: OutboxActions };

function WaitingItem({ entry, place, show, waits, actions }: WaitingItemProps) {
  const phrases = useMorePhrases();
  const formats = useFormats();
  const { waitingList } = phrases;
  const [editing, setEditing] = useState(false);
  const { clientId, change, state, at } = entry;
  const text = change?.kind === 'react' ? undefined : textAfter(entry);
  const wish =
    change?.kind === 'delete'
      ? waitingList.willDelete
      : change?.kind === 'edit'
        ? waitingList.willEdit
        : change && (change.on ? waitingList.willReact : waitingList.willTakeBack)(change.emoji);
  const about = (text ?? wish ?? '').slice(0, 40);
  return (
    <li>
      <p className="waiting-head">
        <bdi>{place}</bdi>
        <time dateTime={new Date(at).toISOString()}>{formats.dateAndTime(at)}</time>
      </p>
      {wish && <p className="waiting-wish">{wish}</p>}
      {editing ? (
        <UnsentEditor
          text={text ?? ''}
          hasFiles={(entry.attachments?.length ?? 0) > 0}
          save={(edited) => {
            actions.edit(clientId, edited);
            setEditing(false);
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <>
          {text !== undefined && (
            <p className="waiting-text" dir="auto">
              {text}
            </p>
          )}
          <div className="waiting-actions">
            <span className={state.kind === 'failed' ? 'fault' : undefined}>
              {state.kind === 'failed'
                ? `${phrases.messages.notSent} ${phrases.refusals[state.reason](state.details)}`
                : waits === 'above'
                  ? phrases.messages.held
                  : waits
                    ? phrases.messages.offline
                    : state.kind === 'sending'
                      ? phrases.messages.sending
                      : waitingList.waits}
            </span>
            {show && (
              <Button size="small" onClick={show}>
                {waitingList.show}
              </Button>
            )}
            {state.kind === 'failed' && (
              <Button size="small" aria-label={waitingList.retryOf(about)} onClick={() => actions.retry(clientId)}>
                {phrases.actions.retry}
              </Button>
            )}
            {text !== undefined && (
              <Button size="small" aria-label={waitingList.editOf(about)} onClick={() => setEditing(true)}>
                {phrases.actions.edit}
              </Button>
            )}
            <Button
              size="small"
              kind="danger"
              aria-label={waitingList.deleteOf(about)}
              onClick={() => actions.remove(clientId)}
            >
              {phrases.actions.delete}
            </Button>
          </div>
        </>
      )}
    </li>
  );
}
