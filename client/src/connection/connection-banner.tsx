import { type ReactNode, useEffect, useState } from 'react';
import { useCell } from '../cell.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icon.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { newerRelease } from '../release.ts';
import type { ConnectionState } from './connection-state.ts';
import './connection.css';

const patienceMs = 5_000;

/** Says nothing of a connection that returns within five seconds. */
export function ConnectionBanner({ state, more }: { state: ConnectionState; more?: ReactNode }) {
  const { connection } = usePhrases();
  const since = 'since' in state ? state.since : undefined;
  const late = useLater(since === undefined ? undefined : since + patienceMs);
  const newer = useCell(newerRelease);
  if (newer || (state.kind === 'online' && state.outdated))
    return (
      <div className="banner" role="status">
        {connection.outdated}
        <Button size="small" onClick={() => location.reload()}>
          {connection.reload}
        </Button>
      </div>
    );
  return (
    <div role="status">
      {late && (
        <div className="banner" data-warning="true">
          <Icon name="warning" />
          <p>{connection.banner}</p>
          {more}
        </div>
      )}
    </div>
  );
}

/** True once that time has come. */
function useLater(at: number | undefined): boolean {
  const [reached, setReached] = useState<number>();
  useEffect(() => {
    if (at === undefined) return;
    const timer = setTimeout(() => setReached(at), Math.max(0, at - Date.now()));
    return () => clearTimeout(timer);
  }, [at]);
  return at !== undefined && reached === at;
}
