import { chosenLanguage } from '../language/language.ts';
import { loadedMorePhrasesOf } from '../language/load-phrases.ts';
import { usePhrases } from '../language/use-phrases.ts';
import { refusalOf } from './refusal.ts';

/** The sentence for what went wrong, in the person's language. */
export function useExplain(): (error: unknown) => string {
  const phrases = usePhrases();
  return (error) => {
    const refusal = refusalOf(error);
    if (refusal === undefined) return phrases.noAnswer;
    // They have come with the refusal, unless the connection was lost behind it.
    const refusals = loadedMorePhrasesOf(chosenLanguage.get())?.refusals;
    return refusals ? refusals[refusal.reason](refusal.details) : phrases.refused;
  };
}
