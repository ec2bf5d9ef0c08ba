import { useMemo } from 'react';
import { useCell } from '../cell.ts';
import { chosenLanguage } from './language.ts';
import { localeOf } from './preferred-language.ts';

/** To the millisecond, for what is measured. */
export function useExactMoment(): (at: number) => string {
  const language = useCell(chosenLanguage);
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(localeOf(language, navigator.languages), {
      ...{ year: 'numeric', month: 'short', day: 'numeric' },
      ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 },
    });
    return (at) => format.format(at);
  }, [language]);
}
