import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pictureRows, ratioAmong, ratioOf } from './picture-rows.ts';

test('[UX4] pictures keep their order in rows that are about equally wide, none alone at the end where it can be helped', () => {
  expect(pictureRows([1.5])).toEqual([[1.5]]);
  expect(pictureRows([1.5, 1.5])).toEqual([[1.5, 1.5]]);
  expect(pictureRows([0.7, 0.7, 0.7, 0.7, 1])).toEqual([
    [0.7, 0.7, 0.7],
    [0.7, 1],
  ]);
  expect(pictureRows([1.5, 1, 0.7])).toEqual([[1.5, 1, 0.7]]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { maxLength: 10 }), (sizes) => {
      const ratios = sizes.map(ratioAmong);
      const rows = pictureRows(ratios);
      expect(rows.flat()).toEqual(ratios);
      for (const row of rows) {
        expect(row.length).toBeGreaterThan(0);
        expect(row.reduce((sum, ratio) => sum + ratio, 0)).toBeLessThan(2.3 + 2.2);
      }
    }),
  );
});

test('[UX4] a picture without a known size gets a place all the same', () => {
  expect(ratioOf({})).toBeCloseTo(4 / 3);
  expect(ratioOf({ width: 300, height: 600 })).toBe(0.5);
});
