import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { restartDelayMs } from './restart-delay.ts';

export type Program = { name: string; arguments: string[]; environment: Record<string, string> };

export type ProcessEvent =
  | { kind: 'started'; pid: number }
  | { kind: 'said'; line: string; on: 'stdout' | 'stderr' }
  /** `restartInMs` is undefined where it stays down: it was stopped, or refused its settings. */
  | { kind: 'ended'; why: string; refused: boolean; restartInMs: number | undefined };

export type KeptProcess = {
  /** It stands where it should: the next end counts as a first one, once it has lasted 10 s. */
  healthy(): void;
  /** Ends it for good; it has `graceMs` before it is killed. */
  stop(graceMs: number): Promise<void>;
  /** Ends it, so that it starts again at once. */
  restart(): void;
  kill(): void;
};

/** By this exit code a program says that its settings can't be used: starting it again would change nothing. */
export const settingsRefused = 78;

const healthyAfterMs = 10_000;

/** Starts a Node program and starts it again whenever it ends. It dies with this process (see `exitWithParent`). */
export function keepProcess(program: Program, tell: (event: ProcessEvent) => void): KeptProcess {
  let child: ChildProcess | undefined;
  let failures = 0;
  let stopping = false;
  let wanted = false; // an end that was asked for is no failure
  let health: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    wanted = false;
    // Detached: a terminal's Ctrl-C reaches the supervisor alone, which then tells everyone once.
    const started = spawn(process.execPath, program.arguments, {
      env: { ...process.env, ...program.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    child = started;
    for (const on of ['stdout', 'stderr'] as const) {
      const input = started[on];
      if (input !== null) createInterface({ input }).on('line', (line) => tell({ kind: 'said', line, on }));
    }
    started.once('error', (error) => ended(error.message, false)); // could not be started
    if (started.pid === undefined) return;
    started.once('close', (code, signal) => ended(signal ?? `exit code ${code}`, code === settingsRefused));
    tell({ kind: 'started', pid: started.pid });
  }

  function ended(why: string, refused: boolean): void {
    child = undefined;
    clearTimeout(health);
    failures = wanted ? 0 : failures + 1;
    const restartInMs = stopping || refused ? undefined : restartDelayMs(failures);
    tell({ kind: 'ended', why, refused, restartInMs });
    if (restartInMs !== undefined) restart = setTimeout(start, restartInMs);
  }

  start();
  return {
    healthy() {
      clearTimeout(health);
      health = setTimeout(() => {
        failures = 0;
      }, healthyAfterMs);
      health.unref();
    },
    restart() {
      wanted = true;
      child?.kill('SIGINT');
    },
    async stop(graceMs) {
      stopping = true;
      clearTimeout(restart);
      const last = child;
      if (last === undefined) return;
      const closed = new Promise((resolve) => last.once('close', resolve));
      last.kill('SIGINT');
      const deadline = setTimeout(() => last.kill('SIGKILL'), graceMs);
      await closed;
      clearTimeout(deadline);
    },
    kill() {
      stopping = true;
      child?.kill('SIGKILL');
    },
  };
}
