import { useContext, useEffect, useMemo, useState } from 'react';
import { useCell } from '../cell.ts';
import { emojiHabits } from '../emoji/emoji-habits.ts';
import { loadEmoji, loadedEmoji } from '../emoji/load-emoji.ts';
import { chosenLanguage } from '../language/language.ts';
import type { Completable } from './completion-at.ts';
import { type Candidate, CompletionContext } from './completion-sources.ts';

const mostShown = 8;
const pauseMs = 80;
const none: Candidate[] = [];

export function useCandidates(completable: Completable | undefined): Candidate[] {
  const sources = useContext(CompletionContext);
  const index = useCell(loadedEmoji);
  const language = useCell(chosenLanguage);
  const { tone } = useCell(emojiHabits);
  const sign = completable?.sign;
  const query = completable?.query ?? '';
  const [people, setPeople] = useState<{ query: string; found: Candidate[] }>({ query: '', found: none });

  useEffect(() => {
    if (sign === ':') loadEmoji();
    if (sign !== '@') return;
    let current = true;
    const timer = setTimeout(() => {
      sources.people(query).then(
        (found) => current && setPeople({ query, found }),
        // Without an answer there is nothing to offer; what was typed stays.
        () => current && setPeople({ query, found: none }),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [sign, query, sources]);

  return useMemo(() => {
    switch (sign) {
      case undefined:
        return none;
      case '@':
        return people.query === query ? people.found.slice(0, mostShown) : none;
      case '#':
        return sources.channels(query).slice(0, mostShown);
      case ':':
        if (index === undefined) return none;
        return index.search(query, language, mostShown).map((found) => {
          const form = found.tones[tone - 1] ?? found.emoji;
          return { key: found.emoji, text: form, mark: form, label: index.shown(found, query, language) };
        });
    }
  }, [sign, query, people, sources, index, language, tone]);
}
