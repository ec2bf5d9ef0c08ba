import { Avatar } from '../design/avatar.tsx';
import { usePhrases } from '../language/use-phrases.ts';
import type { Candidate } from './completion-sources.ts';
import '../design/options.css';
import './completion.css';

type CompletionMenuProps = {
  id: string;
  candidates: Candidate[];
  active: number;
  onChoose(candidate: Candidate): void;
};

export function CompletionMenu({ id, candidates, active, onChoose }: CompletionMenuProps) {
  const { completion } = usePhrases();
  const open = candidates.length > 0;
  return (
    <>
      <span className="unseen" role="status">
        {open && completion.found(candidates.length)}
      </span>
      {open && (
        <div className="completion options options-over" role="listbox" id={`${id}-list`} aria-label={completion.title}>
          {candidates.map((candidate, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard is in the text area
            // biome-ignore lint/a11y/useFocusableInteractive: the text area points at it
            <div
              key={candidate.key}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              // The text area keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onChoose(candidate)}
            >
              {candidate.person ? (
                <Avatar id={candidate.person.id} name={candidate.person.name} picture={candidate.person.avatar} />
              ) : (
                candidate.mark !== undefined && <span aria-hidden="true">{candidate.mark}</span>
              )}
              <bdi>{candidate.label}</bdi>
              {candidate.detail !== undefined && <small>{candidate.detail}</small>}
            </div>
          ))}
        </div>
      )}
    </>
  );
}
