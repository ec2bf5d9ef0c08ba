import { useDeferredValue, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { isEmptySearch, readSearch, type SearchQuery, searchParts } from '../../../shared/search-query.ts';
import { IconButton } from '../design/button.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { recentSearches, rememberSearch } from './recent-searches.ts';
import { SearchField, type SearchNames } from './search-field.tsx';
import { splitFilters } from './search-suggestions.ts';
import { SearchTips } from './search-tips.tsx';
import './search.css';

/** Typing goes on for less than this between two letters. */
const pauseMs = 150;

type SearchPaneProps = {
  owner: string;
  /** What it was opened for, or was last typed in it. */
  initial: string;
  onTyped(typed: string): void;
  names: SearchNames;
  /** Something covers it. */
  inert: boolean;
  /** Of what is looked for without waiting: the answer may be on its way before there is a place for it. */
  ask(query: SearchQuery): void;
  results(query: SearchQuery): React.ReactNode;
  onClose(): void;
};

/** Beside the channel on a wide screen, in its place on a phone. */
export function SearchPane({ owner, initial, onTyped, names, inert, ask, results, onClose }: SearchPaneProps) {
  const { search } = useMorePhrases();
  const [filters, setFilters] = useState(() => splitFilters(initial, true).filters);
  const [typed, setTyped] = useState(() => splitFilters(initial, true).rest.trim());
  const [recent, setRecent] = useState(() => recentSearches(owner));
  const whole = [...filters, typed].join(' ').trim();
  const [settled, setSettled] = useState(whole);
  const deferred = useDeferredValue(settled);
  const { query, faulty } = useMemo(() => read(deferred), [deferred]);
  // In the place of the conversation it is what the page is about.
  const alone = useSyncExternalStore(watchNarrow, isNarrow);
  const [Pane, Heading] = alone ? (['main', 'h1'] as const) : (['aside', 'h2'] as const);
  useEscapeFrom(onClose);

  const latest = useRef(onTyped);
  latest.current = onTyped;
  useEffect(() => {
    latest.current(whole);
    const timer = setTimeout(() => setSettled(whole), pauseMs);
    return () => clearTimeout(timer);
  }, [whole]);

  const remember = (text: string) => {
    rememberSearch(owner, text);
    setRecent(recentSearches(owner));
  };
  const begin = (text: string) => {
    const { filters: found, rest } = splitFilters(text, true);
    setFilters(found);
    setTyped(rest.trim());
    setSettled(text.trim());
    const { query: asked } = read(text.trim());
    if (!isEmptySearch(asked)) ask(asked);
    if (text.trim() !== '') remember(text);
  };

  return (
    <Pane className="side-pane search-pane" inert={inert} aria-label={search.title}>
      <header>
        <Heading>{search.title}</Heading>
        <IconButton icon="close" label={search.close} onClick={onClose} />
      </header>
      <SearchField
        filters={filters}
        typed={typed}
        faulty={faulty.flatMap((part) => (part.kind === 'filter' && part.value.trim() !== '' ? [part.value] : []))}
        names={names}
        onChange={(nextFilters, nextTyped) => {
          setFilters(nextFilters);
          setTyped(nextTyped);
        }}
        onSearch={() => begin(whole)}
      />
      <div className="search-body">
        {isEmptySearch(query) ? (
          <SearchTips recent={recent} onChoose={begin} />
        ) : (
          // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that a result was taken
          // biome-ignore lint/a11y/useKeyWithClickEvents: a link's Enter is a click too
          <div onClick={(event) => event.target instanceof Element && event.target.closest('a') && remember(whole)}>
            {results(query)}
          </div>
        )}
      </div>
    </Pane>
  );
}

const read = (typed: string) => readSearch(searchParts(typed), new Date());

const narrow = matchMedia('(max-width: 64rem)');
const isNarrow = () => narrow.matches;
const watchNarrow = (listener: () => void) => {
  narrow.addEventListener('change', listener);
  return () => narrow.removeEventListener('change', listener);
};

/** Esc in the pane closes it, where nothing inside takes it first. */
function useEscapeFrom(close: () => void): void {
  const latest = useRef(close);
  latest.current = close;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const inside = event.target instanceof Element && event.target.closest('.search-pane') !== null;
      if (event.key !== 'Escape' || event.isComposing || event.defaultPrevented || !inside) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}
