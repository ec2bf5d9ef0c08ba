import { createContext, type ReactNode, useContext } from 'react';
import { Button } from '../design/button.tsx';
import { Mark } from '../design/mark.tsx';
import { usePhrases } from '../language/use-phrases.ts';

/** What lies beyond the first or the last loaded message: more to load, loading, the load failed, or nothing. */
export type PageState = 'more' | 'loading' | 'failed' | 'none';

type HistoryEndProps = { state: PageState; retry(): void };

type HistoryStartProps = HistoryEndProps & { channelName: string; empty: boolean };

/** What stands below the heading of a conversation's beginning. */
export const BeginningContext = createContext<ReactNode>(undefined);

export function HistoryStart({ channelName, empty, ...rest }: HistoryStartProps) {
  const { messages } = usePhrases();
  const more = useContext(BeginningContext);
  if (rest.state === 'none')
    return (
      <div className="history-start">
        <Mark />
        <h2>
          <bdi>{messages.beginning(channelName)}</bdi>
        </h2>
        {empty && <p>{messages.beginningText}</p>}
        {more}
      </div>
    );
  return <MorePages {...rest} loading={messages.loadingOlder} failed={messages.olderFailed} />;
}

export function HistoryEnd(props: HistoryEndProps) {
  const { messages } = usePhrases();
  return <MorePages {...props} loading={messages.loadingNewer} failed={messages.newerFailed} />;
}

export function MorePages({ state, retry, loading, failed }: HistoryEndProps & { loading: string; failed: string }) {
  const { actions } = usePhrases();
  return (
    <div className="history-more">
      {state === 'failed' ? (
        <>
          <span role="alert">{failed}</span>
          <Button size="small" onClick={retry}>
            {actions.retry}
          </Button>
        </>
      ) : (
        <>
          <Mark turning={state === 'loading'} />
          <span className="unseen">{loading}</span>
        </>
      )}
    </div>
  );
}
