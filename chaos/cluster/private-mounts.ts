import { spawn, spawnSync } from 'node:child_process';

const mark = 'RONDA_CHAOS_MOUNTS';

/**
 * Runs this program once more where its mounts are its own (a Linux mount namespace), so that none outlives it however
 * it ends; resolves with its exit code. `undefined` where that is done already, or can't be done here.
 */
export async function againWithPrivateMounts(seed: number): Promise<number | undefined> {
  if (process.env[mark] !== undefined || process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  if (spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status !== 0) return undefined;
  const child = spawn(
    'unshare',
    ['--mount', process.execPath, ...process.execArgv, ...process.argv.slice(1), '--seed', String(seed)],
    {
      env: { ...process.env, [mark]: 'private' },
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'], // the channel tells it when this process is gone
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

export function mountsArePrivate(): boolean {
  return process.env[mark] !== undefined;
}
