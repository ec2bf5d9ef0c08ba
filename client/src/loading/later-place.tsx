import type { ComponentType } from 'react';
import { Blank } from '../design/blank.tsx';
import { Button } from '../design/button.tsx';
import { later, type NotLoadedProps } from '../design/later.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import { withPhrases } from './with-phrases.ts';

/** A screen or the greater part of one, which loads when it is first shown and says when it can't be. */
export function laterPlace<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return later<P>(withPhrases(load), PlaceNotLoaded);
}

function PlaceNotLoaded({ busy, retry }: NotLoadedProps) {
  const phrases = usePhrases();
  const { actions } = phrases;
  return (
    <Blank title={phrases.notLoaded}>
      <p role="alert">{phrases.noAnswer}</p>
      <Button busy={busy} onClick={retry}>
        {actions.retry}
      </Button>
    </Blank>
  );
}
