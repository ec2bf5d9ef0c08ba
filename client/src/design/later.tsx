import { type ComponentType, useEffect, useState } from 'react';

export type NotLoadedProps = { busy: boolean; retry(): void };

/**
 * A part of the page that loads when it is first shown. Until then there is nothing in its place, and where it can't be
 * loaded there is what `NotLoaded` says: unlike with React's `lazy`, a lost connection doesn't take the page down.
 */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  NotLoaded?: ComponentType<P & NotLoadedProps>,
): ComponentType<P> & { load(): Promise<unknown> } {
  let loaded: ComponentType<P> | undefined;
  const fetch = () =>
    load().then((part) => {
      loaded = part;
      return part;
    });
  function Later(props: P) {
    const [Part, setPart] = useState(() => loaded);
    const [attempt, setAttempt] = useState(1);
    const [failures, setFailures] = useState(0);
    useEffect(() => {
      let current = true;
      const show = (part: ComponentType<P>) => current && setPart(() => part);
      if (loaded !== undefined) show(loaded);
      else fetch().then(show, () => current && setFailures(attempt));
      return () => {
        current = false;
      };
    }, [attempt]);
    if (Part) return <Part {...props} />;
    if (NotLoaded === undefined || failures === 0) return null;
    return <NotLoaded {...props} busy={failures < attempt} retry={() => setAttempt(attempt + 1)} />;
  }
  /** Ahead of its first use, which then shows it in its first frame. */
  return Object.assign(Later, { load: fetch });
}
