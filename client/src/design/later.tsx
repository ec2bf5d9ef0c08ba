import { type ComponentType, useEffect, useState } from 'react';

/**
 * A part of the page that loads when it is first shown. Until then, and where it can't be loaded, there is nothing in its
 * place: unlike with React's `lazy`, a lost connection doesn't take the page down, and showing it again tries again.
 */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  // biome-ignore lint/correctness/noComponentHookFactories: it is called once a part, at the module level
  return function Later(props: P) {
    const [Part, setPart] = useState(() => loaded);
    useEffect(() => {
      if (loaded !== undefined) return;
      let current = true;
      load().then(
        (part) => {
          loaded = part;
          if (current) setPart(() => part);
        },
        () => undefined,
      );
      return () => {
        current = false;
      };
    }, []);
    return Part ? <Part {...props} /> : null;
  };
}
