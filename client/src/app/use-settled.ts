import { startTransition, useEffect, useState } from 'react';

const afterMs = 1_000;

/** False for the first look, for which what nobody sees yet leaves the network and the processor free. */
export function useSettled(): boolean {
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setSettled(true)), afterMs);
    return () => clearTimeout(timer);
  }, []);
  return settled;
}
