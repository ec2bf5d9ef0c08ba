/** `npm test`: every check and every test, in one number. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    return { passed: numPassedTests, failed: numFailedTests + neverRan.length };
  });
}

function endToEndTests(): Tally {
  const file = join(reports, 'playwright.json');
  const wentWell = runTool('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
  });
  return tallyReport(file, wentWell, (report) => {
    const { stats, errors } = report as PlaywrightReport;
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
  });
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number }; errors: unknown[] };
