import type { ComponentType } from 'react';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { later, type NotLoadedProps } from '../design/later.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from './with-phrases.ts';

type Closable = { onClose(): void };

/** A dialog, or a pane that one closes, which loads when it is first opened and says when it can't be. */
export function laterDialog<P extends Closable>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return later<P>(withPhrases(load), DialogNotLoaded);
}

function DialogNotLoaded({ busy, retry, onClose }: NotLoadedProps & Closable) {
  const phrases = usePhrases();
  const { actions } = phrases;
  return (
    <Dialog title={phrases.notLoaded} closeLabel={actions.close} onClose={onClose}>
      <p role="alert">{phrases.noAnswer}</p>
      <div className="dialog-actions">
        <Button onClick={onClose}>{actions.cancel}</Button>
        <Button kind="primary" busy={busy} onClick={retry}>
          {actions.retry}
        </Button>
      </div>
    </Dialog>
  );
}
