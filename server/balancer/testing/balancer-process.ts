import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { closeAfterTest, temporaryDirectory } from './running-balancer.ts';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** The balancer as a process of its own, on a port of its own where `environment` names none. */
export async function startProcess(
  environment: Record<string, string> = {},
  parameters: string[] = [],
): Promise<{ child: ChildProcess; url: Promise<string>; errors(): string }> {
  const directory = await temporaryDirectory();
  const child = spawn(process.execPath, [program, ...parameters], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      RUN_DIRECTORY: join(directory, 'run'),
      ASSETS_DIRECTORY: directory,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  closeAfterTest(() => void child.kill('SIGKILL'));
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const url = new Promise<string>((resolve) => {
    let log = '';
    child.stdout.on('data', (data) => {
      log += data;
      const listening = /"event":"listening","url":"([^"]+)"/.exec(log);
      if (listening?.[1] !== undefined) resolve(listening[1]);
    });
  });
  return { child, url, errors: () => errors };
}
