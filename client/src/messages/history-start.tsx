import { Button } from '../design/button.tsx';
import { Mark } from '../design/mark.tsx';
import { usePhrases } from '../language/use-phrases.ts';

/** What is above the first loaded message: more to load, loading, the load failed, or nothing. */
export type OlderState = 'more' | 'loading' | 'failed' | 'none';

export function HistoryStart({ channelName, state, retry }: { channelName: string; state: OlderState; retry(): void }) {
  const { messages, actions } = usePhrases();
  if (state === 'none')
    return (
      <div className="history-start">
        <Mark />
        <h2>
          <bdi>{messages.beginning(channelName)}</bdi>
        </h2>
        <p>{messages.beginningText}</p>
      </div>
    );
  if (state === 'failed')
    return (
      <div className="history-older" role="alert">
        {messages.olderFailed}
        <Button size="small" onClick={retry}>
          {actions.retry}
        </Button>
      </div>
    );
  return (
    <div className="history-older">
      <Mark turning={state === 'loading'} />
      <span className="unseen">{messages.loadingOlder}</span>
    </div>
  );
}
