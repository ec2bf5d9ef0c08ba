import { spawnSync } from 'node:child_process';
import type { Tally } from './tally.ts';

const tools = 'node_modules';
const checks: [name: string, script: string, ...parameters: string[]][] = [
  ['format', `${tools}/@biomejs/biome/bin/biome`, 'format', '.'],
  ['lint and import rules', `${tools}/@biomejs/biome/bin/biome`, 'lint', '--error-on-warnings', '.'],
  ['types', `${tools}/typescript/bin/tsc`],
  ['types of the service worker', `${tools}/typescript/bin/tsc`, '-p', 'client/src/service-worker'],
  ['dead code', `${tools}/knip/bin/knip.js`],
  ['strings', 'scripts/strings.ts'],
  ['page builds', `${tools}/vite/bin/vite.js`, 'build', 'client', '--logLevel', 'warn'],
  ['bundle budget', 'scripts/bundle-budget.ts'],
];

/** Everything that can be said of the code without running it; each check counts as one. */
export function checkAll(): Tally {
  const tally: Tally = { passed: 0, failed: 0, failures: [] };
  for (const [name, ...command] of checks) {
    const startedAt = performance.now();
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)${note(stdout, status)}`);
    if (status !== 0) {
      console.log(`${stdout}${stderr}`);
      tally.failures.push(name);
    }
    tally[status === 0 ? 'passed' : 'failed'] += 1;
  }
  return tally;
}

/** Where all went well, a tool's own short sentence is worth showing. */
function note(stdout: string, status: number | null): string {
  const lines = stdout.trim().split('\n');
  return status === 0 && lines.length === 1 && lines[0] !== '' ? `: ${lines[0]}` : '';
}
