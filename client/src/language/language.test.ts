import { describe, expect, test } from 'vitest';
import { refusalReasons } from '../../../shared/refusals.ts';
import { en as firstEn } from './en.ts';
import { moreEn } from './en-more.ts';
import { es as firstEs } from './es.ts';
import { moreEs } from './es-more.ts';
import { createFormats, daysBetween } from './formats.ts';
import { localeOf, preferredLanguage } from './preferred-language.ts';

/** Every sentence that can be had without knowing what goes into it. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, value(...Array.from({ length: value.length }, () => 3))]];
  return Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, `${path}.${key}`));
}

const en = { ...firstEn, ...moreEn };
const es = { ...firstEs, ...moreEs };

describe('the languages', () => {
  test('have the same sentences, none of them empty', () => {
    const paths = (phrases: object) => new Set(sentences({ ...phrases, refusals: {} }).map(([path]) => path));
    expect(paths(es)).toEqual(paths(en));
    for (const language of [en, es])
      for (const [path, sentence] of sentences({ ...language, refusals: {} })) expect(sentence, path).toMatch(/\S/);
  });

  test('[G10] have words for every reason that the server may give', () => {
    for (const reason of refusalReasons)
      for (const language of [en, es]) {
        expect(language.refusals[reason]({ limit: 40, retryAfterSeconds: 120 })).toMatch(/^\S.*[.!?]$/u);
        expect(language.refusals[reason]({})).not.toContain('undefined');
      }
  });

  test('[A.2] count as each language does', () => {
    expect(en.messages.newMessages(1)).toBe('1 new message');
    expect(es.messages.newMessages(1)).toBe('1 mensaje nuevo');
    expect(es.messages.newMessages(12_345)).toBe('12.345 mensajes nuevos');
  });

  test('[A.2] are chosen from what the browser prefers', () => {
    expect(preferredLanguage(['ca', 'es-MX', 'en'])).toBe('es');
    expect(preferredLanguage(['ja', 'de'])).toBe('en');
    expect(localeOf('es', ['en-GB', 'es-AR'])).toBe('es-AR');
    expect(localeOf('es', ['en-GB'])).toBe('es');
  });
});

describe('dates', () => {
  const noon = new Date(2026, 4, 13, 12).getTime();
  const formats = createFormats('es');

  test('[UX25] are weekdays within a week, dates before, with the year where it is another', () => {
    expect(formats.day(new Date(2026, 4, 10).getTime(), noon)).toBe('Domingo');
    expect(formats.day(new Date(2026, 3, 1).getTime(), noon)).toBe('Miércoles, 1 de abril');
    expect(formats.day(new Date(2024, 3, 1).getTime(), noon)).toBe('1 de abril de 2024');
  });

  test('[A.2] show a time in the same way with a date as without one', () => {
    const early = new Date(2026, 4, 13, 1, 12).getTime();
    for (const locale of ['en', 'en-GB', 'en-US', 'es', 'es-MX']) {
      const { time, dateAndTime } = createFormats(locale);
      expect(dateAndTime(early), locale).toContain(time(early));
    }
  });

  test('days are counted by the calendar, not by hours', () => {
    expect(daysBetween(new Date(2026, 4, 12, 23, 59).getTime(), noon)).toBe(1);
    expect(daysBetween(noon, noon)).toBe(0);
  });
});
