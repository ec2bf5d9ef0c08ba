/** `npm test`: every check and every test, in one number. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { checkAll } from './static-checks.ts';
import { add, conclude, runTool, type Tally, tallyReport } from './tally.ts';

const reports = mkdtempSync(join(tmpdir(), 'ronda-reports-'));
process.once('exit', () => rmSync(reports, { recursive: true, force: true }));

conclude(add(checkAll(), unitTests(), endToEndTests()));

function unitTests(): Tally {
  const file = join(reports, 'vitest.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const wentWell = runTool('node_modules/vitest/vitest.mjs', ['run', ...reporters]);
  return tallyReport(file, wentWell, (report) => {
    const { numPassedTests, numFailedTests, testResults } = report as VitestReport;
    const neverRan = testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
    const failed = testResults.flatMap((suite) => suite.assertionResults.filter(({ status }) => status === 'failed'));
    return {
      passed: numPassedTests,
      failed: numFailedTests + neverRan.length,
      failures: [
        ...neverRan.map(({ name, message }) => told(name, message)),
        ...failed.map(({ fullName, failureMessages }) => told(fullName, failureMessages[0])),
      ],
    };
  });
}

function endToEndTests(): Tally {
  const file = join(reports, 'playwright.json');
  const wentWell = runTool('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return tallyReport(file, wentWell, (report) => {
    const { stats, errors, suites } = report as PlaywrightReport;
    const failed = suites.flatMap(specsOf).filter(({ ok }) => !ok);
    return {
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky + errors.length,
      failures: [
        ...errors.map(({ message }) => told('browser tests', message)),
        ...failed.map(({ title, tests }) => told(title, tests[0]?.results[0]?.error?.message)),
      ],
    };
  });
}

function specsOf({ specs, suites = [] }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

/** A failed test's name over the beginning of what it said, without colours. */
function told(name: string, message = ''): string {
  return [name, ...stripVTControlCharacters(message).split('\n').slice(0, 12)].join('\n');
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
};
type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number };
  errors: { message?: string }[];
  suites: PlaywrightSuite[];
};
type PlaywrightSuite = { specs: PlaywrightSpec[]; suites?: PlaywrightSuite[] };
type PlaywrightSpec = { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] };
