import { type KeyboardEvent, type RefObject, useEffect, useId, useState } from 'react';
import { foldName } from '../../../shared/text-rules.ts';
import { replaceInArea } from '../markdown/edit-area.ts';
import { type Completable, completionAt } from './completion-at.ts';
import type { Candidate } from './completion-sources.ts';
import { useCandidates } from './use-candidates.ts';

/** Completes names, channels and emoji in a text area. The focus stays there; the list is pointed at. */
export function useCompletion(area: RefObject<HTMLTextAreaElement | null>, text: string) {
  const id = useId();
  const [completable, setCompletable] = useState<Completable>();
  const [active, setActive] = useState(0);
  const [dismissed, setDismissed] = useState<number>();
  const candidates = useCandidates(completable?.start === dismissed ? undefined : completable);
  const open = candidates.length > 0;

  const look = () => {
    const element = area.current;
    const caret = element?.selectionStart ?? 0;
    const isCaret = element !== null && caret === element.selectionEnd && element === document.activeElement;
    const found = isCaret ? completionAt(element.value, caret) : undefined;
    if (found?.start !== completable?.start || found?.query !== completable?.query) {
      setCompletable(found);
      setActive(0);
    }
    if (found === undefined) setDismissed(undefined);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again whenever the text changes
  useEffect(look, [text]);

  const take = (candidate: Candidate | undefined) => {
    if (!candidate || !completable || !area.current) return;
    const { start, query } = completable;
    const end = start + 1 + query.length;
    const gap = /^\s/u.test(area.current.value.slice(end)) ? '' : ' ';
    replaceInArea(area.current, { start, end, text: `${candidate.text}${gap}` });
    setCompletable(undefined);
  };

  /** True where the key was for the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = candidates[active];
    // Who has typed it to the end wants to send.
    const isWhole =
      chosen !== undefined && foldName(chosen.text) === foldName(`${completable?.sign}${completable?.query}`);
    const takes = event.key === 'Tab' || (event.key === 'Enter' && !isWhole);
    if (event.shiftKey || (step === undefined && !takes && event.key !== 'Escape')) return false;
    event.preventDefault();
    if (step !== undefined) setActive((active + step + candidates.length) % candidates.length);
    else if (takes) take(chosen);
    else setDismissed(completable?.start);
    return true;
  };

  return {
    onKeyDown,
    /** The caret may have moved, or the focus gone. */
    onSelect: look,
    onBlur: () => setCompletable(undefined),
    areaProps: {
      'aria-autocomplete': 'list',
      'aria-controls': open ? `${id}-list` : undefined,
      'aria-activedescendant': open ? `${id}-${active}` : undefined,
    } as const,
    menu: { id, candidates, active, onChoose: take },
  };
}
