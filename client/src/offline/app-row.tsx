import { useCell } from '../cell.ts';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { installPrompt } from './install-prompt.ts';

/** In the settings: whether this page opens without a network, why not, and the way to have it as an app. */
export function AppRow() {
  const { app } = useMorePhrases();
  const prompt = useCell(installPrompt);
  const keeps = 'serviceWorker' in navigator;
  return (
    <div className="settings-row">
      <p>{keeps ? app.kept : isSecureContext ? app.notKept : app.insecure}</p>
      {prompt && (
        <Button size="small" onClick={() => void prompt.prompt().then(() => installPrompt.set(undefined))}>
          {app.install}
        </Button>
      )}
    </div>
  );
}
