/** `npm run renew`: lets a running `npm start` renew its processes one after another, so that nobody notices. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../server/supervisor/config.ts';

const { runDirectory } = readConfig(process.env);
try {
  process.kill(Number(readFileSync(join(runDirectory, 'supervisor.pid'), 'utf8')), 'SIGUSR2');
  console.log('Every replica is renewed in turn, then the balancer. The log of `npm start` says when it is done.');
} catch {
  console.error(`No Ronda runs on "${runDirectory}". Start it with npm start.`);
  process.exitCode = 1;
}
