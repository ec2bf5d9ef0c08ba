import { expect, test } from 'vitest';
import { closeness } from './fuzzy.ts';

const best = (typed: string, ...names: string[]) =>
  names
    .map((name) => ({ name, closeness: closeness(typed, name) }))
    .filter((one) => one.closeness > 0)
    .sort((one, other) => other.closeness - one.closeness)
    .map(({ name }) => name);

test('[S.9] names are found without accents, by any word, by letters in order, the closest first', () => {
  expect(best('dir', 'Subdirección', 'Dirección', 'Sala de dirección', 'Aula')).toEqual([
    'Dirección',
    'Sala de dirección',
    'Subdirección',
  ]);
  expect(best('ana', 'Mariana', 'Ana María', 'Ana')).toEqual(['Ana', 'Ana María', 'Mariana']);
  expect(best('mar an', 'Ana María', 'Ana')).toEqual(['Ana María']);
  expect(best('gnrl', 'general', 'random')).toEqual(['general']);
  expect(best('x', 'general')).toEqual([]);
  expect(best('', 'general')).toEqual(['general']);
  expect(best('会', '会议', '老师')).toEqual(['会议']);
});
