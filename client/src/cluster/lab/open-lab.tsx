import { useState } from 'react';
import { Button } from '../../design/button.tsx';
import { Dialog } from '../../design/dialog.tsx';
import { useMorePhrases } from '../../language/use-phrases.ts';

/** The owner's leave, with what it means for the others who are connected. */
export function OpenLab({ load, open, onClose }: { load: boolean; open(): Promise<void>; onClose(): void }) {
  const { lab, actions } = useMorePhrases();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog title={lab.openTitle} closeLabel={actions.close} onClose={onClose}>
      {load && <p className="dialog-note">{lab.openText}</p>}
      <p className="dialog-note">{lab.openOthers}</p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button
          kind="primary"
          busy={busy}
          onClick={() => {
            setBusy(true);
            void open().finally(onClose);
          }}
        >
          {lab.openIt}
        </Button>
      </div>
    </Dialog>
  );
}
