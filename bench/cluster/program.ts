import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type RunningProgram = { pid: number; port: number; stop(): Promise<void> };

/** Resolves once it takes connections. */
export async function startProgram(path: string, args: string[], port: number): Promise<RunningProgram> {
  const child = spawn(path, args, { stdio: 'ignore' });
  await untilListening(port, child);
  return { pid: child.pid ?? 0, port, stop: () => stopped(child) };
}

export async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function untilListening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1');
    const answered = await Promise.race([once(socket, 'connect'), once(socket, 'error')]).then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (answered) return;
    await delay(50);
  }
  throw new Error(`${child.spawnfile} ended with ${child.exitCode}`);
}
