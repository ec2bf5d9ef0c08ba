import { type ComponentType, useEffect, useState } from 'react';

export type NotLoadedProps = { busy: boolean; retry(): void };

/**
 * A part of the page that loads when it is first shown. Until then there is nothing in its place, and where it can't be
 * loaded there is what `NotLoaded` says: unlike with React's `lazy`, a lost connection doesn't take the page down.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  NotLoaded?: ComponentType<P & NotLoadedProps>,
): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [Part, setPart] = useState(() => loaded);
    const [attempt, setAttempt] = useState(1);
    const [failures, setFailures] = useState(0);
    useEffect(() => {
      let current = true;
      const show = (part: ComponentType<P>) => {
        loaded = part;
        if (current) setPart(() => part);
      };
      if (loaded !== undefined) show(loaded);
      else load().then(show, () => current && setFailures(attempt));
      return () => {
        current = false;
      };
    }, [attempt]);
    if (Part) return <Part {...props} />;
    if (NotLoaded === undefined || failures === 0) return null;
    return <NotLoaded {...props} busy={failures < attempt} retry={() => setAttempt(attempt + 1)} />;
  };
}
