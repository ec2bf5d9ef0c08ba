import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { messageTextLimit } from '../../../shared/limits.ts';
import type { FilterKey } from '../../../shared/search-query.ts';
import { Icon } from '../design/icon.tsx';
import { useMorePhrases } from '../language/use-phrases.ts';
import { filterText, splitFilters, type Wanted, wantedAt } from './search-suggestions.ts';
import { type SearchNames, type Suggestion, useSuggestions } from './use-suggestions.ts';
import '../design/options.css';
import './search-field.css';

export type { SearchNames };

const offered: readonly FilterKey[] = ['from', 'in', 'has', 'before', 'after'];

type SearchFieldProps = {
  /** Whole filters, as they would be typed. */
  filters: readonly string[];
  typed: string;
  /** Values that mean nothing. */
  faulty: readonly string[];
  names: SearchNames;
  onChange(filters: string[], typed: string): void;
  onSearch(): void;
};

/** What is looked for: words, and filters that become chips once they are whole. */
export function SearchField({ filters, typed, faulty, names, onChange, onSearch }: SearchFieldProps) {
  const { search } = useMorePhrases();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<Wanted>();
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(wanted, names);
  const open = suggestions.length > 0;
  // The list may have become shorter.
  const chosen = active < suggestions.length ? active : -1;

  useEffect(() => input.current?.focus(), []);

  const look = (text: string, caret: number | null) => {
    setWanted(caret === null ? undefined : wantedAt(text, caret));
    setActive(-1);
  };
  const change = (text: string, caret: number | null) => {
    const { filters: found, rest } = splitFilters(text, false);
    onChange([...filters, ...found], rest);
    if (found.length > 0) setWanted(undefined);
    else look(text, caret);
  };
  const edit = (text: string) => {
    onChange([...filters], text);
    look(text, text.length);
    input.current?.focus();
  };
  const take = ({ value, key }: Suggestion) => {
    if (!wanted) return;
    const [start, end] = [typed.slice(0, wanted.start), typed.slice(wanted.end).trimStart()];
    const word = `${wanted.excluded ? '-' : ''}${search.filterWords[key]}`;
    if (value === undefined) return edit(`${start}${word}:`);
    onChange([...filters, filterText(word, value)], `${start}${end}`);
    setWanted(undefined);
    input.current?.focus();
  };
  const remove = (index: number) => {
    onChange(filters.toSpliced(index, 1), typed);
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const suggestion = suggestions[chosen];
    if (open && step !== undefined) {
      event.preventDefault();
      setActive((chosen + step + suggestions.length + (chosen === -1 && step === -1 ? 1 : 0)) % suggestions.length);
    } else if (step === 1) {
      event.preventDefault();
      event.currentTarget.closest('.search-pane')?.querySelector<HTMLElement>('.search-body :is(a, button)')?.focus();
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      setWanted(undefined);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion !== undefined) {
      event.preventDefault();
      take(suggestion);
    } else if (event.key === 'Backspace' && typed === '' && filters.length > 0) remove(filters.length - 1);
  };

  return (
    <search className="search-form">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setWanted(undefined);
          onSearch();
        }}
      >
        <div className="search-box">
          <Icon name="search" />
          <input
            ref={input}
            type="search"
            role="combobox"
            dir="auto"
            aria-label={search.field}
            placeholder={search.placeholder}
            maxLength={messageTextLimit}
            autoComplete="off"
            autoCapitalize="none"
            enterKeyHint="search"
            aria-autocomplete="list"
            aria-expanded={open}
            aria-controls={open ? `${id}-list` : undefined}
            aria-activedescendant={open && chosen >= 0 ? `${id}-${chosen}` : undefined}
            value={typed}
            onChange={({ target }) => change(target.value, target.selectionStart)}
            onSelect={({ currentTarget }) => {
              const next = wantedAt(typed, currentTarget.selectionStart ?? 0);
              if (next?.start !== wanted?.start && wanted !== undefined) setWanted(next);
            }}
            onBlur={() => setWanted(undefined)}
            onKeyDown={onKeyDown}
          />
          {open && (
            <div
              className="search-suggestions options options-over"
              role="listbox"
              id={`${id}-list`}
              aria-label={search.suggestions}
            >
              {suggestions.map((suggestion, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the field
                // biome-ignore lint/a11y/useFocusableInteractive: the field points at it
                <div
                  key={`${suggestion.key} ${suggestion.label}`}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === chosen}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => take(suggestion)}
                >
                  <bdi className="search-line">{suggestion.label}</bdi>
                  {suggestion.detail !== undefined && <small>{suggestion.detail}</small>}
                </div>
              ))}
            </div>
          )}
        </div>
      </form>
      <fieldset className="search-filters" aria-label={search.filters}>
        {filters.map((filter, index) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: the same filter may stand there twice
            key={`${index} ${filter}`}
            type="button"
            className="search-chip"
            data-faulty={faulty.includes(valueIn(filter)) || undefined}
            aria-label={search.removeFilter(filter)}
            onClick={() => remove(index)}
          >
            <bdi className="search-line">{filter}</bdi>
            <Icon name="close" />
          </button>
        ))}
        {offered.map((key) => (
          <button
            key={key}
            type="button"
            className="search-offer"
            aria-label={search.addFilter[key]}
            onClick={() => edit(`${typed === '' ? '' : `${typed.trimEnd()} `}${search.filterWords[key]}:`)}
          >
            {search.filterWords[key]}:
          </button>
        ))}
      </fieldset>
      <p className="search-fault" role="status">
        {faulty.length > 0 && search.faulty(faulty.join(', '))}
      </p>
    </search>
  );
}

function valueIn(filter: string): string {
  return filter.slice(filter.indexOf(':') + 1).replaceAll('"', '');
}
