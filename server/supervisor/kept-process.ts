import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { restartDelayMs } from './restart-delay.ts';

export type Program = { name: string; arguments: string[]; environment: Record<string, string> };

export type ProcessEvent =
  | { kind: 'started'; pid: number }
  | { kind: 'said'; line: string; on: 'stdout' | 'stderr' }
  /** `restartInMs` is undefined where it stays down: it was stopped, or refused its settings. */
  | { kind: 'ended'; why: string; refused: boolean; restartInMs: number | undefined }
  /** It ended after its successor had taken over, or gave up taking over. */
  | { kind: 'retired'; why: string };

export type KeptProcess = {
  /** It stands where it should: the next end counts as a first one, once it has lasted 10 s. */
  healthy(): void;
  /** Ends it for good; it has `graceMs` before it is killed. */
  stop(graceMs: number): Promise<void>;
  /** Ends it, so that it starts again at once. */
  restart(): void;
  /** Ends it once it has sent its people elsewhere (SIGTERM); resolves when the next one stands, false where none does. */
  renew(): Promise<boolean>;
  /**
   * Starts a successor beside it, which is told so by `--take-over`; once that stands, this one is told (SIGUSR2) to
   * send its people there and to end. Resolves then; false where the successor failed, and this one stays.
   */
  succeed(): Promise<boolean>;
  kill(): void;
  /** SIGKILL, after which it starts again as after any other end. */
  crash(): void;
  /** The operating system gives it no time for so long; false where it doesn't run. */
  freeze(seconds: number): boolean;
  /** Tells it something over the channel between the two; false where it can't be told. */
  send(message: object): boolean;
};

/** By this exit code a program says that its settings can't be used: starting it again would change nothing. */
export const settingsRefused = 78;

const healthyAfterMs = 10_000;
/** How long a process may take to send its people elsewhere, and the next one to stand. */
const renewalMs = 60_000;

/** Starts a Node program and starts it again whenever it ends. It dies with this process (see `exitWithParent`). */
export function keepProcess(program: Program, tell: (event: ProcessEvent) => void): KeptProcess {
  let child: ChildProcess | undefined;
  /** Who serves until the successor stands, and who sends the last ones there. */
  let predecessor: ChildProcess | undefined;
  const retiring = new Set<ChildProcess>();
  let stands: ((well: boolean) => void) | undefined;
  let failures = 0;
  let stopping = false;
  let wanted = false; // an end that was asked for is no failure
  let health: NodeJS.Timeout | undefined;
  let restart: NodeJS.Timeout | undefined;

  function start(more: string[] = []): void {
    wanted = false;
    // Detached: a terminal's Ctrl-C reaches the supervisor alone, which then tells everyone once.
    const started = spawn(process.execPath, [...program.arguments, ...more], {
      env: { ...process.env, ...program.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    child = started;
    for (const on of ['stdout', 'stderr'] as const) {
      const input = started[on];
      if (input !== null) createInterface({ input }).on('line', (line) => tell({ kind: 'said', line, on }));
    }
    started.once('error', (error) => ended(started, error.message, false)); // could not be started
    if (started.pid === undefined) return;
    started.once('close', (code, signal) => ended(started, signal ?? `exit code ${code}`, code === settingsRefused));
    tell({ kind: 'started', pid: started.pid });
  }

  function ended(which: ChildProcess, why: string, refused: boolean): void {
    if (which === predecessor) predecessor = undefined; // its successor is on the way already
    const survivor = which === child ? predecessor : undefined;
    if (which !== child || survivor !== undefined) {
      retiring.delete(which);
      tell({ kind: 'retired', why });
      if (survivor === undefined) return;
      child = survivor;
      predecessor = undefined;
      settle(false);
      return;
    }
    child = undefined;
    if (refused) settle(false);
    clearTimeout(health);
    failures = wanted ? 0 : failures + 1;
    const restartInMs = stopping || refused ? undefined : restartDelayMs(failures);
    tell({ kind: 'ended', why, refused, restartInMs });
    if (restartInMs !== undefined) restart = setTimeout(start, restartInMs);
  }

  function settle(well: boolean): void {
    stands?.(well);
    stands = undefined;
  }

  function untilItStands(): Promise<boolean> {
    settle(false);
    return new Promise((resolve) => {
      const deadline = setTimeout(() => settle(false), renewalMs);
      stands = (well) => {
        clearTimeout(deadline);
        resolve(well);
      };
    });
  }

  function everyChild(): ChildProcess[] {
    return [child, predecessor, ...retiring].filter((each) => each !== undefined);
  }

  start();
  return {
    healthy() {
      clearTimeout(health);
      health = setTimeout(() => {
        failures = 0;
      }, healthyAfterMs);
      health.unref();
      if (predecessor !== undefined) {
        retiring.add(predecessor);
        predecessor.kill('SIGUSR2');
        predecessor = undefined;
      }
      settle(true);
    },
    restart() {
      wanted = true;
      child?.kill('SIGINT');
    },
    renew() {
      if (stopping || child === undefined) return Promise.resolve(false);
      const renewed = untilItStands();
      wanted = true;
      child.kill('SIGTERM');
      return renewed;
    },
    succeed() {
      if (stopping || child === undefined || predecessor !== undefined) return Promise.resolve(false);
      const succeeded = untilItStands();
      predecessor = child;
      start(['--take-over']);
      return succeeded;
    },
    async stop(graceMs) {
      stopping = true;
      clearTimeout(restart);
      settle(false);
      await Promise.all(everyChild().map((each) => end(each, graceMs)));
    },
    crash() {
      child?.kill('SIGKILL');
    },
    freeze(seconds) {
      if (child?.pid === undefined) return false;
      thaw(child.pid, seconds);
      return child.kill('SIGSTOP');
    },
    send: (message) => child?.connected === true && child.send(message, () => undefined),
    kill() {
      stopping = true;
      for (const each of everyChild()) each.kill('SIGKILL');
    },
  };
}

/** By a process of its own: should this one be killed meanwhile, nobody stays frozen, and whoever has lost us ends. */
function thaw(pid: number, seconds: number): void {
  const later = ['-c', `sleep ${seconds}; kill -CONT ${pid}`];
  spawn('/bin/sh', later, { detached: true, stdio: 'ignore' }).unref();
}

async function end(child: ChildProcess, graceMs: number): Promise<void> {
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  const deadline = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await closed;
  clearTimeout(deadline);
}
