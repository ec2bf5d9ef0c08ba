import { chosenLanguage } from '../language/language.ts';
import { loadMorePhrases } from '../language/load-phrases.ts';

/** Fetches a part together with what it says. */
export function withPhrases<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    const [part] = await Promise.all([load(), loadMorePhrases(chosenLanguage.get())]);
    return part;
  };
}
