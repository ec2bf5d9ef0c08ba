import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { add, type Tally, tallyReport } from './tally.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ronda-tally-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function reported(text: string | undefined, wentWell: boolean): Tally {
  const file = join(folder, 'report.json');
  if (text !== undefined) writeFileSync(file, text);
  return tallyReport(file, wentWell, (report) => report as Tally);
}

test('a runner counts by its own report', () => {
  expect(reported('{"passed":7,"failed":2,"failures":["a","b"]}', false)).toEqual({
    passed: 7,
    failed: 2,
    failures: ['a', 'b'],
  });
});

test('a runner that fails without a failed test counts as a failure', () => {
  expect(reported('{"passed":7,"failed":0,"failures":[]}', false)).toMatchObject({ passed: 7, failed: 1 });
});

test('a runner that leaves no report, or half of one, counts as a failure, however it ended', () => {
  expect(reported(undefined, true)).toMatchObject({ passed: 0, failed: 1 });
  expect(reported('{"passed":7,', true)).toMatchObject({ passed: 0, failed: 1 });
});

test('counts add up', () => {
  const bad: Tally = { passed: 2, failed: 1, failures: ['a'] };
  expect(add({ passed: 7, failed: 0, failures: [] }, bad)).toEqual({ passed: 9, failed: 1, failures: ['a'] });
});
