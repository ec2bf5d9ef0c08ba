import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export type ReplicaProcess = {
  readonly id: string;
  readonly socketPath: string;
  readonly child: ChildProcess;
  /** JSON lines that it has printed so far. */
  readonly lines: Record<string, unknown>[];
  kill(signal: NodeJS.Signals): Promise<number | null>;
};

export type Workspace = { directory: string; dataDirectory: string; runDirectory: string };

/** A folder of its own for data and sockets, gone when the test is. */
export async function createWorkspace(): Promise<Workspace> {
  const directory = await mkdtemp(join(tmpdir(), 'ronda-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return { directory, dataDirectory: join(directory, 'data'), runDirectory: join(directory, 'run') };
}

/** A real replica in a process of its own; resolves when it serves. */
export async function startReplicaProcess(
  { dataDirectory, runDirectory }: Workspace,
  id: string,
  environment: Record<string, string> = {},
): Promise<ReplicaProcess> {
  const child = spawn(process.execPath, ['server/chat/main.ts'], {
    env: { ...process.env, DATA_DIRECTORY: dataDirectory, RUN_DIRECTORY: runDirectory, REPLICA_ID: id, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit').then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const lines: Record<string, unknown>[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const parsed = JSON.parse(line) as Record<string, unknown>;
      lines.push(parsed);
      if (parsed.event === 'ready') resolve();
    });
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => {
      complaint += chunk.toString();
    });
    child.once('exit', (code) => reject(new Error(`${id} ended with ${code} before it was ready: ${complaint}`)));
  });
  await ready;
  return {
    id,
    socketPath: join(runDirectory, 'replicas', `${id}.sock`),
    child,
    lines,
    async kill(signal) {
      child.kill(signal);
      return exited;
    },
  };
}
