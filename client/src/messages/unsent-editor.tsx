import { useState } from 'react';
import { faultInMessage } from '../../../shared/text-rules.ts';
import { Button } from '../design/button.tsx';
import { usePhrases } from '../language/use-phrases.ts';

type UnsentEditorProps = {
  text: string;
  /** Then it needs no text. */
  hasFiles: boolean;
  save(text: string): void;
  onCancel(): void;
};

/** In the place of a text that is still in the outbox. */
export function UnsentEditor({ text, hasFiles, save, onCancel }: UnsentEditorProps) {
  const { actions, messages } = usePhrases();
  const [edited, setEdited] = useState(text);
  const fault = faultInMessage(edited);
  const faulty = fault !== undefined && !(fault === 'empty' && hasFiles);
  return (
    <form
      className="unsent-edit"
      onSubmit={(event) => {
        event.preventDefault();
        if (!faulty) save(edited);
      }}
    >
      <textarea
        className="input"
        dir="auto"
        rows={3}
        aria-label={messages.editFailed}
        value={edited}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the button that was pressed
        autoFocus
        onChange={(event) => setEdited(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.stopPropagation();
          onCancel();
        }}
      />
      <Button kind="primary" size="small" type="submit" disabled={faulty}>
        {actions.save}
      </Button>
      <Button size="small" onClick={onCancel}>
        {actions.cancel}
      </Button>
    </form>
  );
}
