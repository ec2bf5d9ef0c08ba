import { useEffect, useRef } from 'react';
import { Button } from '../../design/button.tsx';
import { Icon } from '../../design/icon.tsx';
import { useMorePhrases } from '../../language/use-phrases.ts';
import type { Facts, Need } from './lesson-steps.ts';
import { steps } from './lesson-steps.ts';
import { useLesson } from './use-lesson.ts';
import './lesson.css';

/** One step after another: what to press, what to watch, and whether it has happened. Large enough for a projector. */
export function LessonPanel({ facts, there, onClose }: { facts: Facts; there: readonly Need[]; onClose(): void }) {
  const { lesson } = useMorePhrases();
  const { index, done, goTo } = useLesson(facts);
  const heading = useRef<HTMLHeadingElement>(null);
  const step = steps[index];
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever goes on is taken to the step's beginning
  useEffect(() => heading.current?.focus(), [index]);
  if (step === undefined) return null;
  const { title, press, watch, why } = lesson.steps[step.name];
  const last = index === steps.length - 1;
  return (
    <aside className="lesson" aria-label={lesson.title}>
      <ol className="lesson-path" aria-label={lesson.path}>
        {steps.map(({ name }, at) => (
          <li key={name}>
            <button
              type="button"
              aria-current={at === index ? 'step' : undefined}
              aria-label={`${at + 1}. ${lesson.steps[name].title}${done[at] ? `, ${lesson.happened}` : ''}`}
              data-done={done[at]}
              onClick={() => goTo(at)}
            >
              {at + 1}
            </button>
          </li>
        ))}
      </ol>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      <h3>{lesson.press}</h3>
      <p>{press}</p>
      <h3>{lesson.watch}</h3>
      <p>{watch}</p>
      {step.needs !== 'nothing' && !there.includes(step.needs) && <p className="lesson-needs">{lesson.needsLab}</p>}
      <div className="lesson-check" role="status" data-done={done[index]}>
        {done[index] ? (
          <>
            <Icon name="check" />
            <p>
              <strong>{lesson.happened}</strong> {why}
            </p>
          </>
        ) : (
          <p>{lesson.notYet}</p>
        )}
      </div>
      <div className="lesson-way">
        <Button disabled={index === 0} onClick={() => goTo(index - 1)}>
          {lesson.back}
        </Button>
        <Button kind={done[index] ? 'primary' : 'quiet'} onClick={() => (last ? onClose() : goTo(index + 1))}>
          {last ? lesson.finish : lesson.next}
        </Button>
      </div>
    </aside>
  );
}
