import { useState } from 'react';
import { useExplain } from './use-explain.ts';

type ChangeOf<Settings> = { [Name in keyof Settings]?: Settings[Name] };

/** Settings that show a change at once, since their own event follows; where it was refused, what holds and why. */
export function useShownAtOnce<Settings extends object>(
  settings: Settings,
  set: (change: ChangeOf<Settings>) => Promise<unknown>,
): { shown: Settings; change(now: ChangeOf<Settings>): void; fault: string | undefined } {
  const explain = useExplain();
  const [fault, setFault] = useState<string>();
  const [wanted, setWanted] = useState<ChangeOf<Settings>>({});
  return {
    shown: { ...settings, ...wanted },
    fault,
    change(now) {
      setFault(undefined);
      setWanted({ ...wanted, ...now });
      void set(now).catch((error: unknown) => {
        setWanted({});
        setFault(explain(error));
      });
    },
  };
}
