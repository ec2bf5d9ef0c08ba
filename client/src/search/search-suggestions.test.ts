import { expect, test } from 'vitest';
import { filtersNamed, splitFilters, wantedAt } from './search-suggestions.ts';

test('[S.8] at the caret it is a filter’s name or its value that is completed', () => {
  expect(wantedAt('hola fr', 7)).toEqual({ start: 5, end: 7, query: 'fr', key: undefined, excluded: false });
  expect(wantedAt('hola from:an', 12)).toEqual({ start: 5, end: 12, query: 'an', key: 'from', excluded: false });
  expect(wantedAt('de:"Ana Ma', 10)).toMatchObject({ query: 'Ana Ma', key: 'from' });
  expect(wantedAt('hola ', 5)).toBeUndefined();
  expect(wantedAt('-de:an', 6)).toMatchObject({ start: 0, query: 'an', key: 'from', excluded: true });
  expect(filtersNamed('d', false)).toEqual(['from', 'after', 'on']);
  expect(filtersNamed('DESPUÉ', false)).toEqual(['after']);
  expect(filtersNamed(wantedAt('hola -d', 7)?.query ?? '', true)).toEqual(['from']);
});

test('[S.8] a filter that is typed to its end is taken out of the text, its value whole', () => {
  expect(splitFilters('from:ana', false)).toEqual({ filters: [], rest: 'from:ana' });
  expect(splitFilters('from:ana ', false)).toEqual({ filters: ['from:ana'], rest: '' });
  expect(splitFilters('uno de: "Ana María" dos', false)).toEqual({ filters: ['de:"Ana María"'], rest: 'uno dos' });
  expect(splitFilters('uno en:aula', true)).toEqual({ filters: ['en:aula'], rest: 'uno ' });
  expect(splitFilters('-de: ana dos', false)).toEqual({ filters: ['-de:ana'], rest: 'dos' });
  expect(splitFilters('from:"Ana Ma', false)).toEqual({ filters: [], rest: 'from:"Ana Ma' });
});
