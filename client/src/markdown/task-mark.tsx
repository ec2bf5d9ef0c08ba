import { usePhrases } from '../language/use-phrases.ts';

/** Tells, and changes nothing: the text is its author's. */
export function TaskMark({ checked }: { checked: boolean }) {
  const { markdown } = usePhrases();
  return (
    <span className="task-mark" data-checked={checked}>
      <span className="unseen">{checked ? markdown.done : markdown.open}</span>
    </span>
  );
}
