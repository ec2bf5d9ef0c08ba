import { useState } from 'react';
import { statusTextLimit } from '../../../shared/limits.ts';
import type { PersonStatus } from '../../../shared/protocol.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Fault, Field } from '../design/field.tsx';
import { EmojiPicker } from '../emoji/emoji-picker.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useDeed } from '../wire/use-deed.ts';
import { type ClearAfter, clearAfters, statusEnd } from './person-times.ts';
import './people.css';

type SetStatusProps = {
  status: PersonStatus | undefined;
  set(status: PersonStatus | null): Promise<unknown>;
  onClose(): void;
};

const presets: readonly {
  emoji: string;
  name: 'meeting' | 'focus' | 'lunch' | 'sick' | 'holiday';
  after: ClearAfter;
}[] = [
  { emoji: '🗓️', name: 'meeting', after: 'hour' },
  { emoji: '🎧', name: 'focus', after: 'half-hour' },
  { emoji: '🍽️', name: 'lunch', after: 'hour' },
  { emoji: '🤒', name: 'sick', after: 'today' },
  { emoji: '🌴', name: 'holiday', after: 'week' },
];

/** What I'm up to, and until when. */
export function SetStatus({ status, set, onClose }: SetStatusProps) {
  const { people, actions } = useMorePhrases();
  const [emoji, setEmoji] = useState(status?.emoji ?? '💬');
  const [text, setText] = useState(status?.text ?? '');
  const [after, setAfter] = useState<ClearAfter | 'kept'>(status ? 'kept' : 'today');
  const [picking, setPicking] = useState(false);
  const { busy, fault, run } = useDeed(onClose);

  const save = (next: PersonStatus | null) => void run(() => set(next));
  const submit = () => {
    const until = after === 'kept' ? status?.until : statusEnd(after, Date.now());
    save({ emoji, text: text.trim(), ...(until === undefined ? {} : { until }) });
  };

  return (
    <Dialog title={people.statusTitle} closeLabel={actions.close} onClose={onClose}>
      <form
        className="status-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <button
          type="button"
          className="status-emoji"
          aria-label={people.statusEmoji(emoji)}
          aria-expanded={picking}
          onClick={() => setPicking(!picking)}
        >
          {emoji}
        </button>
        <Field
          label={people.statusText}
          maxLength={statusTextLimit}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
        />
        {picking && (
          <div className="status-picker">
            <EmojiPicker
              onChoose={(chosen) => {
                if (chosen !== undefined) setEmoji(chosen);
                setPicking(false);
              }}
            />
          </div>
        )}
        <ul className="status-presets" aria-label={people.statusPresets}>
          {presets.map((preset) => (
            <li key={preset.name}>
              <Button
                size="small"
                onClick={() => {
                  setEmoji(preset.emoji);
                  setText(people.presets[preset.name]);
                  setAfter(preset.after);
                }}
              >
                <span aria-hidden="true">{preset.emoji}</span>
                {people.presets[preset.name]}
              </Button>
            </li>
          ))}
        </ul>
        <label className="select-row">
          {people.clearAfter}
          <select className="input" value={after} onChange={(event) => setAfter(event.target.value as typeof after)}>
            {status && <option value="kept">{people.clearAsNow}</option>}
            {clearAfters.map((option) => (
              <option key={option} value={option}>
                {people.clearAfters[option]}
              </option>
            ))}
          </select>
        </label>
        <Fault>{fault}</Fault>
        <div className="dialog-actions">
          {status && <Button onClick={() => save(null)}>{people.clearStatus}</Button>}
          <Button kind="primary" type="submit" busy={busy}>
            {actions.saveChanges}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
