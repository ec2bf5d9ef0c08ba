import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Message, Person } from '../../../shared/protocol.ts';
import type { SearchedWord } from '../../../shared/search-query.ts';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { FoundMessage } from './found-message.tsx';
import '../design/found-list.css';
import './search-results.css';

const noticeableMs = 300;

type SearchResultsProps = {
  words: readonly SearchedWord[];
  found: { messages: readonly Message[]; people: Record<number, Person>; more: boolean } | undefined;
  fault: string | undefined;
  /** Of the message that is shown at the side. */
  current: number | undefined;
  placeOf(channel: number): string | undefined;
  loadMore(): Promise<void>;
  retry(): void;
  onGo(): void;
};

/** What was found, the newest first; more is fetched as one comes to the end. */
export function SearchResults(props: SearchResultsProps) {
  const { words, found, fault, current, placeOf, loadMore, retry, onGo } = props;
  const { search, actions } = useMorePhrases();
  const [failed, setFailed] = useState(false);
  const end = useRef<HTMLDivElement>(null);
  const slow = useSlow(found === undefined && fault === undefined);
  const count = found?.messages.length ?? 0;
  const more = found?.more ?? false;

  const latest = useRef(loadMore);
  latest.current = loadMore;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an answer may bring few or none, and lead on: it looks again
  useEffect(() => {
    if (!more || failed || end.current === null) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        latest.current().catch(() => setFailed(true));
      },
      { root: end.current.closest('.search-body'), rootMargin: '400px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [more, failed, found]);

  if (fault !== undefined)
    return (
      <div className="search-failed" role="alert">
        <p className="fault">{fault}</p>
        <Button onClick={retry}>{actions.retry}</Button>
      </div>
    );
  if (found === undefined) return slow ? <Blank title={search.looking} turning /> : null;
  return (
    <>
      <p className="unseen" role="status">
        {more && count === 0 ? search.looking : search.found(count, more)}
      </p>
      {count === 0 && !more && (
        <Blank title={search.nothing}>
          <p>{search.nothingText}</p>
        </Blank>
      )}
      {count > 0 && (
        <ol className="found-list" aria-label={search.results} onKeyDown={moveBetween}>
          {found.messages.map((message) => (
            <FoundMessage
              key={message.id}
              message={message}
              author={found.people[message.author]}
              place={placeOf(message.channel)}
              words={words}
              current={message.id === current}
              onGo={onGo}
            />
          ))}
        </ol>
      )}
      {more && (
        <div ref={end} className="search-more">
          {failed ? (
            <Button onClick={() => setFailed(false)}>{actions.retry}</Button>
          ) : (
            <span>{count === 0 ? search.looking : search.lookingFurther}</span>
          )}
        </div>
      )}
    </>
  );
}

/** The arrows go from result to result; above the first one is the field. */
function moveBetween(event: KeyboardEvent<HTMLOListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at === -1) return;
  event.preventDefault();
  const next = links[at + step];
  if (next) next.focus();
  else if (step === -1) event.currentTarget.closest('.search-pane')?.querySelector<HTMLElement>('input')?.focus();
}

function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => setSlow(true), noticeableMs);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [waiting]);
  return slow;
}
