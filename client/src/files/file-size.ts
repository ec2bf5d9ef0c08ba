import { useCell } from '../cell.ts';
import { chosenLanguage } from '../language/language.ts';
import { localeOf } from '../language/preferred-language.ts';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];

/** Such as "1.4 MB", in the reader's way of writing numbers. */
export function useFileSize(): (bytes: number) => string {
  const locale = localeOf(useCell(chosenLanguage), navigator.languages);
  return (bytes) => sizeIn(locale, bytes);
}

export function sizeIn(locale: string, bytes: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1_000 ** step;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 1 ? 1 : 0,
  }).format(value);
}
