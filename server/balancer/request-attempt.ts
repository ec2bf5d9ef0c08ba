import { type ClientRequest, type IncomingMessage, request as openRequest } from 'node:http';
import { freeBuffer } from '../free-buffer.ts';
import { passOn } from '../pass-on.ts';
import type { Replica } from './replica.ts';
import type { Timings } from './timings.ts';
import { requestTarget } from './upstream.ts';

export type RequestOutcome =
  /** Nothing was sent: another replica may have it. */
  | { kind: 'connect-failed'; cause: string }
  /** The same, since the replica went down while this stood in its queue. */
  | { kind: 'dismissed' }
  | { kind: 'overloaded' }
  /** Sent, at least in part, and then the connection broke without an answer. */
  | { kind: 'unanswered' }
  | { kind: 'timed-out' }
  | { kind: 'answered'; answer: IncomingMessage };

type Options = {
  replica: Replica;
  request: IncomingMessage;
  /** Flat, complete: Node adds none. */
  headers: string[];
  hasBody: boolean;
  /** Its body may take long to come. */
  isUpload: boolean;
  timings: Timings;
  connected(): void;
  /** Once, unless it is aborted. */
  done(outcome: RequestOutcome): void;
};

export type RequestAttempt = { abort(): void };

/** One HTTP request to one replica. No byte of the body is read before there is a connection to write it to. */
export function attemptRequest(options: Options): RequestAttempt {
  const { replica, request, headers, hasBody, isUpload, timings, connected, done } = options;
  const slots = isUpload ? replica.uploads : replica.requests;
  let stage: 'queued' | 'connecting' | 'sent' | 'settled' = 'queued';
  let sent: ClientRequest | undefined;
  let body: { stop(): void } | undefined;
  let connectDeadline: NodeJS.Timeout | undefined;

  const applicant = {
    granted: open,
    dismissed: () => settle({ kind: 'dismissed' }),
    timedOut: () => settle({ kind: 'overloaded' }),
  };
  if (!slots.take(applicant, timings.waitForReplicaMs)) settle({ kind: 'overloaded' });

  function open(): void {
    stage = 'connecting';
    replica.counters.requests += 1;
    const opened = openRequest({
      ...requestTarget(replica.upstream),
      method: request.method,
      path: request.url,
      headers,
      agent: replica.agent,
      timeout: timings.bodyStallMs,
    });
    sent = opened;
    opened.on('socket', (socket) => {
      // As the last one to be told, when the parser has copied what it needs; else tens of megabytes of answers gather.
      socket.off('data', freeBuffer).on('data', freeBuffer);
      // A kept one still has what its replica said of the time between two requests.
      socket.setTimeout(timings.bodyStallMs);
      if (!socket.connecting) {
        send(opened);
        return;
      }
      connectDeadline = setTimeout(() => socket.destroy(new Error('ETIMEDOUT')), timings.connectTimeoutMs);
      socket.once('connect', () => send(opened));
    });
    opened.on('timeout', () => {
      settle({ kind: 'timed-out' });
      opened.destroy();
    });
    opened.on('response', (answer) => settle({ kind: 'answered', answer }));
    opened.on('error', (error: NodeJS.ErrnoException) => broken(error.code ?? error.message));
    opened.on('close', () => {
      replica.counters.requests -= 1;
      slots.release();
      broken('closed');
    });
  }

  function send(opened: ClientRequest): void {
    clearTimeout(connectDeadline);
    if (stage !== 'connecting') return;
    stage = 'sent';
    connected();
    if (hasBody) body = passOn(request, opened);
    else opened.end();
  }

  function broken(cause: string): void {
    settle(stage === 'connecting' ? { kind: 'connect-failed', cause } : { kind: 'unanswered' });
  }

  function settle(outcome: RequestOutcome): void {
    if (stage === 'settled') return;
    stage = 'settled';
    clearTimeout(connectDeadline);
    if (outcome.kind !== 'answered') body?.stop();
    done(outcome);
  }

  return {
    abort() {
      stage = 'settled';
      clearTimeout(connectDeadline);
      slots.leave(applicant);
      sent?.destroy();
    },
  };
}
