import { useState } from 'react';
import { useExplain } from './use-explain.ts';

type Deed = {
  busy: boolean;
  fault: string | undefined;
  /** For what is wrong before anybody is asked. */
  refuse(error: unknown): void;
  /** Does it, once at a time, and then what follows; what went wrong is said instead. */
  run(deed: () => Promise<unknown>): Promise<void>;
};

/** What a dialog is for: it stays open until that is done, and says why it isn't. */
export function useDeed(onDone: () => void): Deed {
  const explain = useExplain();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  return {
    busy,
    fault,
    refuse: (error) => setFault(explain(error)),
    async run(deed) {
      if (busy) return;
      setBusy(true);
      setFault(undefined);
      try {
        await deed();
        onDone();
      } catch (error) {
        setFault(explain(error));
        setBusy(false);
      }
    },
  };
}
