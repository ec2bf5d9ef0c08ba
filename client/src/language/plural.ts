import { once } from '../../../shared/once.ts';

/** Chooses a form by the language's own rules: `count(3, 'message', 'messages')`. */
export function pluralsOf(language: string): (count: number, one: string, other: string) => string {
  const rules = once(() => new Intl.PluralRules(language));
  const numbers = once(() => new Intl.NumberFormat(language));
  return (count, one, other) => `${numbers().format(count)} ${rules().select(count) === 'one' ? one : other}`;
}
