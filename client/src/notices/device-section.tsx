import { useState } from 'react';
import { useCell } from '../cell.ts';
import { Button } from '../design/button.tsx';
import { Fault } from '../design/field.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { useExplain } from '../wire/use-explain.ts';
import type { Device } from './device.ts';

/** How this browser stands, and what can be done about it: it asks for permission only once somebody presses the button. */
export function DeviceSection({ device, sendTest }: { device: Device; sendTest(): Promise<unknown> }) {
  const { notices } = useMorePhrases();
  const explain = useExplain();
  const state = useCell(device.state);
  const [busy, setBusy] = useState(false);
  const [tested, setTested] = useState(false);
  const [fault, setFault] = useState<string>();
  const attempt = async (action: () => Promise<unknown>) => {
    setBusy(true);
    setFault(undefined);
    setTested(false);
    try {
      await action();
    } catch (error) {
      setFault(explain(error));
    }
    setBusy(false);
  };
  const test = async () => setTested((await sendTest()) !== undefined);
  const isOn = state === 'page' || state === 'push';
  return (
    <section className="notices-section" aria-busy={state === undefined || busy}>
      <h3>{notices.device}</h3>
      {state !== undefined && (
        <div className="notices-state" data-on={isOn} role="status">
          <strong>{notices.states[state]}</strong>
          <p>{notices.stateTexts[state]}</p>
        </div>
      )}
      <Fault>{fault}</Fault>
      {(state === 'off' || isOn) && (
        <div className="notices-actions">
          {/* The same button, so that turning on leaves the focus where it is. */}
          <Button
            kind={isOn ? 'quiet' : 'primary'}
            busy={busy}
            onClick={() => void attempt(isOn ? test : device.turnOn)}
          >
            {isOn ? notices.test : notices.turnOn}
          </Button>
          {isOn && (
            <Button kind="plain" busy={busy} onClick={() => void attempt(device.turnOff)}>
              {notices.turnOff}
            </Button>
          )}
        </div>
      )}
      <p className="notices-hint" role="status">
        {tested && notices.tested}
      </p>
    </section>
  );
}
