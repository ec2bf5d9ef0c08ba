import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export type Tally = { passed: number; failed: number };

export function add(...tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
  };
}

/** The one line that ends every run, and the exit code that goes with it. */
export function conclude({ passed, failed }: Tally): void {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Runs one of our tools on this Node, in view; true where it went well. */
export function runTool(script: string, parameters: string[], environment: Record<string, string> = {}): boolean {
  const { status } = spawnSync(process.execPath, [script, ...parameters], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return status === 0;
}

/** What a runner's own report says; a runner that failed without a failed test in it, or without a report, counts as a failure. */
export function tallyReport(file: string, wentWell: boolean, read: (report: unknown) => Tally): Tally {
  const { passed, failed } = readReport(file, read);
  return { passed, failed: wentWell ? failed : Math.max(failed, 1) };
}

function readReport(file: string, read: (report: unknown) => Tally): Tally {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1 };
  }
}
