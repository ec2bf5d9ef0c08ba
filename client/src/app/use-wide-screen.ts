import { useEffect, useRef } from 'react';

/** Calls back when the window becomes wide enough for both columns, where there is no drawer. */
export function useWideScreen(onWide: () => void): void {
  const latest = useRef(onWide);
  latest.current = onWide;
  useEffect(() => {
    const wide = matchMedia('(min-width: 52.01rem)');
    const onChange = () => {
      if (wide.matches) latest.current();
    };
    wide.addEventListener('change', onChange);
    return () => wide.removeEventListener('change', onChange);
  }, []);
}
