import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/** What ran, in numbers; `failures` names what failed, a line or a few each, as far as its runner told. */
export type Tally = { passed: number; failed: number; failures: string[] };

export function add(...tallies: Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, { passed }) => sum + passed, 0),
    failed: tallies.reduce((sum, { failed }) => sum + failed, 0),
    failures: tallies.flatMap(({ failures }) => failures),
  };
}

/** What failed once more, where nobody has to search for it; the one line that ends every run; and its exit code. */
export function conclude({ passed, failed, failures }: Tally): void {
  if (failures.length > 0) console.log('Failed:');
  for (const failure of failures) console.log(`  ${failure.replaceAll('\n', '\n      ')}`);
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
  const { passed, failed, failures } = readReport(file, read);
  return { passed, failed: wentWell ? failed : Math.max(failed, 1), failures };
}

function readReport(file: string, read: (report: unknown) => Tally): Tally {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, failures: [`${basename(file)}: a runner left no report`] };
  }
}
