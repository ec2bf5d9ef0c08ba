/**
 * `npm run demo`: Ronda with people, channels and conversations in it, where one click enters as any of them. Its data
 * is its own, and it listens on this machine only. `--fresh` starts it over.
 */
import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { SettingError } from '../server/environment.ts';
import { readConfig } from '../server/supervisor/config.ts';
import { settingsRefused } from '../server/supervisor/kept-process.ts';
import { createNarrator } from '../server/supervisor/narrator.ts';
import { programs } from '../server/supervisor/programs.ts';
import { supervise } from '../server/supervisor/supervise.ts';
import { seedDemo } from './demo/seed.ts';

try {
  const own = {
    DATA_DIRECTORY: './data-demo',
    RUN_DIRECTORY: './run-demo',
    BIND: '127.0.0.1',
    PUBLIC_URL: '',
    LAB: 'on',
  };
  const config = readConfig({ ...process.env, ...own });
  const data = resolve(config.dataDirectory);
  if (process.argv.includes('--fresh')) rmSync(data, { recursive: true, force: true });
  if (!existsSync(data)) await seedDemo(data);
  const { balancer, replicas } = programs(config);
  const demo = replicas.map((replica) => ({ ...replica, environment: { ...replica.environment, DEMO: 'on' } }));
  supervise(
    config,
    { balancer, replicas: demo },
    createNarrator((text) => process.stdout.write(text)),
  );
} catch (error) {
  if (!(error instanceof SettingError)) throw error;
  console.error(error.message);
  process.exitCode = settingsRefused;
}
