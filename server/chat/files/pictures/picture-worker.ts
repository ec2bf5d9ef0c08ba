import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createGate } from '../../gate.ts';
import type { PictureJob, PictureOutcome, PlaceJob, PlaceOutcome } from './picture-job.ts';

/** Turns pictures into what is shown of them, and lets videos forget their place: one after another. */
export type PictureWorker = {
  process(job: PictureJob): Promise<PictureOutcome>;
  forgetPlace(path: string): Promise<PlaceOutcome>;
  stop(): void;
};

const program = fileURLToPath(new URL('./picture-process.ts', import.meta.url));

/** One that takes longer is none that anybody waits for. */
const deadlineMs = 180_000;
const waitingLimit = 1_000;

type Died = { kind: 'unreadable' | 'failed' };

export function createPictureWorker(): PictureWorker {
  const gate = createGate({ atOnce: 1, waiting: waitingLimit });
  let child: ChildProcess | undefined;
  let stopped = false;

  function running(): ChildProcess {
    if (child?.connected) return child;
    const { NODE_COMPILE_CACHE } = process.env;
    child = fork(program, {
      // Nothing else of the replica's environment is its business.
      env: NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE },
      execArgv: ['--max-old-space-size=64'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    return child;
  }

  function ask<Outcome>(job: PictureJob | PlaceJob): Promise<Outcome | Died> {
    const worker = running();
    return new Promise((resolve) => {
      const deadline = setTimeout(() => worker.kill('SIGKILL'), deadlineMs);
      const conclude = (outcome: Outcome | Died) => {
        clearTimeout(deadline);
        worker.off('message', conclude).off('exit', died).off('error', died);
        resolve(outcome);
      };
      const died = () => conclude({ kind: stopped ? 'failed' : 'unreadable' });
      worker.on('message', conclude).on('exit', died).on('error', died);
      worker.send(job, (error) => error && died());
    });
  }

  function inTurn<Outcome extends { kind: string }>(job: PictureJob | PlaceJob): Promise<Outcome | Died> {
    return gate(async () => {
      if (stopped) return { kind: 'failed' };
      const outcome = await ask<Outcome>(job);
      // Once more, should the process have died of something else.
      return outcome.kind === 'unreadable' && !child?.connected ? ask<Outcome>(job) : outcome;
    });
  }

  return {
    process: (job) => inTurn<PictureOutcome>(job),
    forgetPlace: (path) => inTurn<PlaceOutcome>({ forget: path }),
    stop() {
      stopped = true;
      child?.kill('SIGKILL');
    },
  };
}
