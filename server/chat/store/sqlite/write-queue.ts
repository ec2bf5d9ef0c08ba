import { setTimeout as delay } from 'node:timers/promises';
import { Refusal } from '../../refusal.ts';
import type { Mutation } from '../mutations.ts';
import type { Appended } from '../store.ts';
import { createBackoff } from './backoff.ts';
import type { Connection } from './connection.ts';
import { prepare, type QueuedMutation } from './post-messages.ts';
import { refusalFor } from './storage-faults.ts';
import { inImmediateTransaction } from './transaction.ts';
import type { WalLimit } from './wal-limit.ts';
import { createWriteTurns } from './write-turns.ts';

/** What one mutation came to: a refusal of one leaves the rest of its batch alone. */
export type Outcome = { ok: true; value: unknown } | { ok: false; error: unknown };

export type WriteQueue = {
  /** Resolves once its batch is committed. */
  write(mutation: Mutation): Promise<unknown>;
  /** Another replica has committed: the lock may be free now. */
  othersCommitted(replica: string, size: number): void;
  /** Waits for what was accepted. */
  close(): Promise<void>;
};

/** How a batch came into the log. */
export type CommittedBatch = {
  size: number;
  messages: number;
  lockWaitMs: number;
  commitMs: number;
  appended: Appended | undefined;
};

type Applied = { outcomes: Outcome[]; appended: Appended | undefined };

type Waiting = { mutation: QueuedMutation; resolve(value: unknown): void; reject(error: unknown): void };

const posts = new Set<Mutation['kind']>(['post-message', 'post-reply', 'post-quote', 'forward-message']);

const queueLimit = 20_000;
const batchLimit = 512;

/** Letting go of the lock for this long after a commit is what gives three replicas equal turns. */
const pauseAfterCommitMs = 1;

/** Group commit: what arrives while a commit runs goes into the next as one batch. */
export function createWriteQueue(
  connection: Connection,
  apply: (batch: QueuedMutation[]) => Promise<Applied>,
  onCommit: (batch: CommittedBatch) => void,
  walLimit: WalLimit,
  replica: string,
): WriteQueue {
  const waiting: Waiting[] = [];
  const backoff = createBackoff();
  const turns = createWriteTurns(replica);
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      await commitBatch();
      await walLimit.keep();
      if (waiting.length > 0) await delay(pauseAfterCommitMs);
    }
    running = undefined;
  }

  async function commitBatch(): Promise<void> {
    const startedAt = performance.now();
    let lockedAt = startedAt;
    let batch: Waiting[] = [];
    try {
      const applyWaiting = () => {
        lockedAt = performance.now();
        batch = waiting.splice(0, batchLimit); // taken under the lock: the longer the wait, the larger the batch
        return apply(batch.map(({ mutation }) => mutation));
      };
      const { outcomes, appended } = await inImmediateTransaction(connection, applyWaiting, { backoff });
      turns.committed(replica, batch.length);
      const messages = batch.filter(({ mutation }, index) => posts.has(mutation.kind) && outcomes[index]?.ok).length;
      const lockWaitMs = lockedAt - startedAt;
      onCommit({ size: batch.length, messages, lockWaitMs, commitMs: performance.now() - lockedAt, appended });
      for (const [index, { resolve, reject }] of batch.entries()) {
        const outcome = outcomes[index];
        if (outcome?.ok) resolve(outcome.value);
        else reject(outcome?.error);
      }
    } catch (error) {
      if (batch.length === 0) batch = waiting.splice(0);
      const refusal = refusalFor(error);
      for (const { reject } of batch) reject(refusal);
    }
  }

  return {
    write(mutation) {
      if (waiting.length >= queueLimit) return Promise.reject(new Refusal('overloaded'));
      return new Promise((resolve, reject) => {
        waiting.push({ mutation: prepare(mutation), resolve, reject });
        running ??= run();
      });
    },
    othersCommitted(other, size) {
      turns.committed(other, size);
      if (turns.isOwn()) backoff.nudge();
    },
    async close() {
      await running;
      await connection.close();
    },
  };
}
