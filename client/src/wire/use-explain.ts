import { usePhrases } from '../language/use-phrases.ts';
import { refusalOf } from './refusal.ts';

/** The sentence for what went wrong, in the person's language. */
export function useExplain(): (error: unknown) => string {
  const phrases = usePhrases();
  return (error) => {
    const refusal = refusalOf(error);
    return refusal ? phrases.refusals[refusal.reason](refusal.details) : phrases.noAnswer;
  };
}
