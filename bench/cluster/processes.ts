import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { balancerArguments, replicaArguments } from '../../server/supervisor/programs.ts';

export type ServerProcess = { readonly pid: number; readonly child: ChildProcess; stop(): Promise<void> };

/** Starts one of our servers and resolves once it has printed the event that says it serves. */
async function startServer(
  programArguments: string[],
  readyEvent: string,
  environment: Record<string, string>,
): Promise<ServerProcess & { ready: Record<string, unknown> }> {
  const child = spawn(process.execPath, programArguments, {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const ready = await new Promise<Record<string, unknown>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told = JSON.parse(line) as Record<string, unknown>;
      if (told.event === readyEvent) resolve(told);
    });
    child.once('exit', (code) => reject(new Error(`${programArguments.at(-1)} ended with ${code}`)));
  });
  return {
    pid: child.pid ?? 0,
    child,
    ready,
    async stop() {
      child.kill('SIGINT');
      await exited;
    },
  };
}

type Folders = { dataDirectory: string; runDirectory: string };

export function startReplica({ dataDirectory, runDirectory }: Folders, id: string): Promise<ServerProcess> {
  return startServer(replicaArguments, 'ready', {
    ...{ DATA_DIRECTORY: dataDirectory, RUN_DIRECTORY: runDirectory, REPLICA_ID: id },
    CALLS_PER_SECOND: '1000000',
  });
}

/** On a free port of the loopback. */
export async function startBalancer(
  { runDirectory }: Pick<Folders, 'runDirectory'>,
  environment: Record<string, string> = {},
): Promise<ServerProcess & { port: number }> {
  const server = await startServer(balancerArguments, 'listening', {
    ...{ RUN_DIRECTORY: runDirectory, PORT: '0', BIND: '127.0.0.1' },
    ...environment,
  });
  return { ...server, port: Number(new URL(String(server.ready.url)).port) };
}
