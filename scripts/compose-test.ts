/** `npm run test:compose`: builds the images, starts compose.yaml on a free port, runs the browser test against it, removes all. */
import { spawnSync } from 'node:child_process';
import { freePort } from '../server/testing/free-port.ts';
import { conclude, runTool } from './tally.ts';

const project = `ronda-test-${process.pid}`;
const port = await freePort();
const environment = { ...process.env, BIND: '127.0.0.1', PORT: String(port), LAB: 'on' };
const results: boolean[] = [];

try {
  const up = compose('up', '--build', '--detach', '--wait', '--wait-timeout', '180');
  const works =
    up &&
    runTool('node_modules/@playwright/test/cli.js', ['test'], {
      BASE_URL: `http://127.0.0.1:${port}`,
      COMPOSE_PROJECT_NAME: project,
    });
  if (!works) compose('logs', '--tail', '50');
  results.push(up, works);
} finally {
  results.push(compose('down', '--volumes', '--remove-orphans', '--timeout', '20'));
}
conclude({
  passed: results.filter(Boolean).length,
  failed: results.filter((result) => !result).length,
  failures: [],
});

function compose(...parameters: string[]): boolean {
  return (
    spawnSync('docker', ['compose', '-p', project, ...parameters], { stdio: 'inherit', env: environment }).status === 0
  );
}
