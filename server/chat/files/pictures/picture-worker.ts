import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createGate } from '../../gate.ts';
import type { PictureJob, PictureOutcome } from './picture-job.ts';

/** Turns pictures into what is shown of them, one after another. */
export type PictureWorker = {
  process(job: PictureJob): Promise<PictureOutcome>;
  stop(): void;
};

const program = fileURLToPath(new URL('./picture-process.ts', import.meta.url));

/** A picture that takes longer is none that anybody waits for. */
const deadlineMs = 180_000;
const waitingLimit = 1_000;

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

  function render(job: PictureJob): Promise<PictureOutcome> {
    const worker = running();
    return new Promise((resolve) => {
      const deadline = setTimeout(() => worker.kill('SIGKILL'), deadlineMs);
      const conclude = (outcome: PictureOutcome) => {
        clearTimeout(deadline);
        worker.off('message', conclude).off('exit', died).off('error', died);
        resolve(outcome);
      };
      const died = () => conclude({ kind: stopped ? 'failed' : 'unreadable' });
      worker.on('message', conclude).on('exit', died).on('error', died);
      worker.send(job, (error) => error && died());
    });
  }

  return {
    process: (job) =>
      gate(async () => {
        if (stopped) return { kind: 'failed' };
        const outcome = await render(job);
        // Once more, should the process have died of something else.
        return outcome.kind === 'unreadable' && !child?.connected ? render(job) : outcome;
      }),
    stop() {
      stopped = true;
      child?.kill('SIGKILL');
    },
  };
}
