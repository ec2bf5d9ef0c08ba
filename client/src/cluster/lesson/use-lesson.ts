import { useEffect, useState } from 'react';
import { begin, type Facts, type Progress, progressAfter, steps } from './lesson-steps.ts';

export type Lesson = {
  index: number;
  done: readonly boolean[];
  goTo(index: number): void;
};

/** Remembers which steps have happened, and watches for the one that is shown. */
export function useLesson(facts: Facts): Lesson {
  const [index, setIndex] = useState(0);
  const [done, setDone] = useState<readonly boolean[]>(() => steps.map(() => false));
  const [progress, setProgress] = useState<Progress>();
  const step = steps[index];

  useEffect(() => {
    if (step === undefined || facts.view.state === undefined) return;
    setProgress((before) => (before === undefined ? begin(facts) : progressAfter(step, before, facts)));
  }, [step, facts]);
  useEffect(() => {
    if (progress?.done) setDone((before) => before.map((was, at) => was || at === index));
  }, [progress, index]);

  return {
    index,
    done,
    goTo(next) {
      setIndex(next);
      setProgress(undefined);
    },
  };
}
