import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../server/testing/free-port.ts';

type Line = { event?: string; url?: string };

export type Supervised = { url: string; setUpLink: string; stop(): Promise<void> };

/** Ronda under its supervisor, as `npm start` runs it, for what the supervisor itself does. */
export async function startSupervised(environment: Record<string, string>): Promise<Supervised> {
  const folder = mkdtempSync(join(tmpdir(), 'ronda-e2e-'));
  const port = await freePort();
  const child = spawn(process.execPath, ['server/supervisor/main.ts'], {
    env: {
      ...process.env,
      ...{ PORT: String(port), DATA_DIRECTORY: join(folder, 'data'), RUN_DIRECTORY: join(folder, 'run') },
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let setUpLink = '';
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (text) => {
      const { event, url } = JSON.parse(text) as Line;
      if (event === 'set-up-needed') setUpLink = url ?? '';
      if (event === 'all-ready') resolve();
    });
    child.once('exit', () => reject(new Error('The supervisor ended before everyone was ready.')));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    setUpLink,
    async stop() {
      child.kill('SIGINT');
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
