import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Program } from '../../server/supervisor/kept-process.ts';

/**
 * A process that is started again at once, whatever ends it: the supervisor's own waits ever longer for what ends
 * again and again, and hundreds of kills would become hours.
 */
export type KeptProcess = {
  readonly name: string;
  /** It said that it serves, and hasn't ended since. */
  readonly ready: boolean;
  /** How often it was started. */
  readonly starts: number;
  /** False where there was none to signal just now. */
  signal(signal: NodeJS.Signals): boolean;
  /** Ends it for good, asking first. */
  stop(): Promise<void>;
};

const afterCrashMs = 300;
const stopGraceMs = 10_000;

export function keepProcess(
  program: Program,
  tell: {
    said(line: string): void;
    /** It ended though nobody asked for it. */
    crashed(why: string): void;
  },
): KeptProcess {
  let child: ChildProcess | undefined;
  let asked: NodeJS.Signals | undefined;
  let askedEarly = false; // before it could have a handler for that
  let starts = 0;
  let ready = false;
  let stopping = false;
  let restart: NodeJS.Timeout | undefined;

  function start(): void {
    asked = undefined;
    askedEarly = false;
    starts += 1;
    const started = spawn(process.execPath, program.arguments, {
      env: { ...process.env, ...program.environment },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true, // a terminal's Ctrl-C is for the run, which then ends everyone in order
    });
    child = started;
    for (const input of [started.stdout, started.stderr])
      if (input !== null)
        createInterface({ input }).on('line', (line) => {
          if (child === started && /"event":"(ready|listening)"/.test(line)) ready = true;
          tell.said(line);
        });
    started.once('close', (code, signal) => ended(code, signal));
  }

  function ended(code: number | null, signal: NodeJS.Signals | null): void {
    const expected = asked !== undefined && (signal === null ? code === 0 : signal === 'SIGKILL' || askedEarly);
    child = undefined;
    ready = false;
    if (!expected) tell.crashed(`${program.name} ended: ${signal ?? `exit code ${code}`}`);
    if (!stopping) restart = setTimeout(start, expected ? 0 : afterCrashMs);
  }

  start();
  return {
    name: program.name,
    get ready() {
      return ready;
    },
    get starts() {
      return starts;
    },
    signal(signal) {
      const sent = child?.kill(signal) ?? false;
      if (sent && endings.has(signal)) {
        askedEarly ||= !ready && asked === undefined;
        ready = false;
        asked = signal;
      }
      return sent;
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const last = child;
      if (last === undefined) return;
      const closed = new Promise((resolve) => last.once('close', resolve));
      last.kill('SIGCONT');
      last.kill('SIGINT');
      asked ??= 'SIGINT';
      const deadline = setTimeout(() => {
        tell.crashed(`${program.name} didn't stop within ${stopGraceMs} ms`);
        last.kill('SIGKILL');
      }, stopGraceMs);
      await closed;
      clearTimeout(deadline);
    },
  };
}

const endings: ReadonlySet<NodeJS.Signals> = new Set(['SIGKILL', 'SIGTERM', 'SIGINT']);
