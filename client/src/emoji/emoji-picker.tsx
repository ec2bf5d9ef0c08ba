import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useCell } from '../cell.ts';
import { Mark } from '../design/mark.tsx';
import { chosenLanguage } from '../language/language.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { type Emoji, shownShortcode } from './emoji.ts';
import { emojiHabits, rememberEmoji } from './emoji-habits.ts';
import { emojiSections, type Place, stepFrom } from './emoji-rows.ts';
import { EmojiSectionView } from './emoji-section-view.tsx';
import { loadEmoji, loadedEmoji } from './load-emoji.ts';
import { ToneChoice } from './tone-choice.tsx';
import './emoji-picker.css';

/** Search in both languages, what was used last, then all of them by group. The keyboard stays in the search field. */
export function EmojiPicker({ onChoose }: { onChoose(emoji: string): void }) {
  const { emoji: phrases } = useMorePhrases();
  const set = useCell(loadedEmoji)?.set;
  const language = useCell(chosenLanguage);
  const { recent, tone } = useCell(emojiHabits);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState<Place>({ section: 0, index: 0 });
  // What was used last stays in its place while the picker is open.
  const [recentAtFirst] = useState(recent);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  useEffect(loadEmoji, []);
  // After the popover has opened: before, nothing in it can be focused.
  useEffect(() => field.current?.focus(), []);

  const sections = useMemo(
    () => (set ? emojiSections(set, query, language, recentAtFirst) : []),
    [set, query, language, recentAtFirst],
  );
  const chosen = sections[active.section]?.emoji[active.index];
  const idOf = (place: Place) => `${id}-${place.section}-${place.index}`;
  const take = (emoji: Emoji) => {
    const form = formOf(emoji, tone);
    rememberEmoji(form);
    onChoose(form);
  };
  const placeOf = (target: EventTarget): Place | undefined => {
    const [, section, index] = /-(\d+)-(\d+)$/.exec((target as Element).closest('[role="option"]')?.id ?? '') ?? [];
    return section === undefined ? undefined : { section: Number(section), index: Number(index) };
  };

  return (
    <div className="emoji-picker">
      <input
        className="input"
        type="search"
        role="combobox"
        ref={field}
        aria-label={phrases.search}
        placeholder={phrases.search}
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={chosen && idOf(active)}
        autoComplete="off"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setActive({ section: 0, index: 0 });
          if (list.current) list.current.scrollTop = 0;
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && chosen) {
            event.preventDefault();
            take(chosen);
          }
          if (!event.key.startsWith('Arrow') || event.altKey || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          const next = stepFrom(sections, active, event.key);
          setActive(next);
          document.getElementById(idOf(next))?.scrollIntoView({ block: 'nearest' });
        }}
      />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the search field */}
      <div
        className="emoji-list"
        ref={list}
        role="listbox"
        id={`${id}-list`}
        aria-label={phrases.title}
        tabIndex={-1}
        onClick={(event) => {
          const place = placeOf(event.target);
          const emoji = place && sections[place.section]?.emoji[place.index];
          if (emoji) take(emoji);
        }}
        onPointerMove={(event) => {
          const place = placeOf(event.target);
          if (place && (place.section !== active.section || place.index !== active.index)) setActive(place);
        }}
      >
        {set === undefined && (
          <div className="emoji-loading">
            <Mark turning />
          </div>
        )}
        {set && sections.length === 0 && (
          <p className="emoji-none" aria-hidden="true">
            {phrases.none}
          </p>
        )}
        {sections.map(({ group, emoji }, section) => (
          <EmojiSectionView
            key={group}
            idPrefix={`${id}-${section}`}
            group={group}
            emoji={emoji}
            tone={tone}
            active={section === active.section ? active.index : undefined}
          />
        ))}
      </div>
      <footer>
        <span className="emoji-name" role="status">
          {chosen ? shownShortcode(chosen, query, language) : set && <span className="unseen">{phrases.none}</span>}
        </span>
        <ToneChoice />
      </footer>
    </div>
  );
}

export function formOf({ emoji, tones }: Emoji, tone: number): string {
  return tones[tone - 1] ?? emoji;
}
