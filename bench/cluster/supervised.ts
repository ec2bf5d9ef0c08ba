import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { freePort } from '../../server/testing/free-port.ts';

type Line = { event?: string; process?: string; failed?: string; inMs?: number };

/** The whole of it as `npm start` runs it, on a free port. */
export async function startRonda(folders: { dataDirectory: string; runDirectory: string }) {
  const port = await freePort();
  const child = spawn(process.execPath, ['server/supervisor/main.ts'], {
    env: {
      ...process.env,
      ...{ PORT: String(port), DATA_DIRECTORY: folders.dataDirectory, RUN_DIRECTORY: folders.runDirectory },
      CALLS_PER_SECOND: '1000000',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const watchers = new Set<(line: Line) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    for (const watch of watchers) watch(line);
  });
  const seen = (fits: (line: Line) => boolean): Promise<Line> =>
    new Promise((resolve) => {
      const watch = (line: Line) => {
        if (!fits(line)) return;
        watchers.delete(watch);
        resolve(line);
      };
      watchers.add(watch);
    });
  const exited = once(child, 'exit');
  await seen(({ event }) => event === 'all-ready');

  return {
    port,
    /** Renews everything; resolves with the milliseconds until the old balancer's last client had left. */
    async roll(): Promise<number> {
      const startedAt = performance.now();
      const rolled = seen(({ event }) => event === 'rolled');
      const retired = seen(({ event, process: name }) => event === 'process-retired' && name === 'balancer');
      child.kill('SIGUSR2');
      const { failed } = await rolled;
      if (failed !== undefined) throw new Error(`${failed} was not renewed`);
      await retired;
      return Math.round(performance.now() - startedAt);
    },
    async stop(): Promise<void> {
      child.kill('SIGINT');
      await exited;
    },
  };
}
