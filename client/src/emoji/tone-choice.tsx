import { useCell } from '../cell.ts';
import { useMorePhrases } from '../language/use-phrases.ts';
import { chooseTone, emojiHabits } from './emoji-habits.ts';

const hands = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];

export function ToneChoice() {
  const { emoji } = useMorePhrases();
  const { tone } = useCell(emojiHabits);
  return (
    <fieldset className="tone-choice" aria-label={emoji.tone}>
      {hands.map((hand, index) => (
        <button
          key={hand}
          type="button"
          aria-pressed={index === tone}
          aria-label={emoji.tones[index]}
          title={emoji.tones[index]}
          onClick={() => chooseTone(index)}
        >
          {hand}
        </button>
      ))}
    </fieldset>
  );
}
