/**
 * `npm run test:update`: updates a deployment in containers while people write, goes back from a version that doesn't
 * serve, backs up and restores. Needs Docker. Last line: one JSON object.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../server/testing/free-port.ts';
import { createDeployment } from './deployment.ts';
import { isClean } from './report.ts';
import { playUpdate } from './scenario.ts';

process.chdir(new URL('../..', import.meta.url).pathname);
const folder = mkdtempSync(join(tmpdir(), 'ronda-update-'));
let clean = false;
try {
  const port = await freePort();
  const report = await playUpdate(createDeployment(folder, port), { folder, port }, (text) =>
    process.stderr.write(`${text}\n`),
  );
  process.stdout.write(`${JSON.stringify(report)}\n`);
  clean = isClean(report);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(clean ? 0 : 1);
