import { type AskCluster, askForTicket, createAskCluster } from '../wire/ask-cluster.ts';
import { refusalOf } from '../wire/refusal.ts';
import type { ClusterEvent } from './cluster-view.ts';

export type Watching = { kind: 'connecting' } | { kind: 'live'; ask: AskCluster } | { kind: 'refused'; error: unknown };

const againAfterMs = 1_500;

/** Follows the balancer for as long as it isn't stopped, with a new ticket each time that the one before has run out. */
export function watchCluster(
  onEvent: (event: ClusterEvent) => void,
  onChange: (watching: Watching) => void,
): () => void {
  let stopped = false;
  let end = (): void => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function follow(): Promise<void> {
    try {
      const ask = createAskCluster(await askForTicket());
      if (stopped) return;
      const subscription = ask.watch.subscribe(undefined, {
        onStarted: () => onChange({ kind: 'live', ask }),
        onData(event) {
          if (event.kind === 'state' && 'state' in event) onEvent({ kind: 'state', state: event.state });
          else if (event.kind === 'assigned') onEvent({ kind: 'assigned', work: event.work, replica: event.replica });
          else if (event.kind === 'state' && 'to' in event)
            onEvent({ kind: 'changed', at: event.at, replica: event.replica, to: event.to, cause: event.cause });
        },
        onComplete: again,
        onError: again,
      });
      end = () => subscription.unsubscribe();
    } catch (error) {
      if (stopped) return;
      if (refusalOf(error) === undefined) again();
      else onChange({ kind: 'refused', error });
    }
  }

  function again(): void {
    end();
    if (stopped) return;
    onChange({ kind: 'connecting' });
    clearTimeout(timer);
    timer = setTimeout(() => void follow(), againAfterMs);
  }

  void follow();
  return () => {
    stopped = true;
    clearTimeout(timer);
    end();
  };
}
