import { type AnswerHead, isSwitch, readAnswerHead, readUsualSwitch } from './answer-head.ts';
import { overloaded, type Refusal } from './refusals.ts';
import type { Replica } from './replica.ts';
import type { Timings } from './timings.ts';
import { openUpstreamSocket, type UpstreamSocket } from './upstream-socket.ts';

export type Outcome =
  /** Nothing was sent: another replica may have it. */
  | { kind: 'connect-failed'; cause: string }
  /** The replica went down while this stood in its queue: another one may have it. */
  | { kind: 'dismissed' }
  | { kind: 'failed'; refusal: Refusal }
  /** A valid 101. `rest` came right behind it. */
  | { kind: 'switched'; upstream: UpstreamSocket; head: AnswerHead; rest: Buffer }
  /** Any other answer, to be passed on. */
  | { kind: 'answered'; upstream: UpstreamSocket; head: AnswerHead; rest: Buffer };

type Options = {
  replica: Replica;
  head: string;
  accept: string;
  timings: Timings;
  connected(): void;
  done(outcome: Outcome): void;
};

export type Attempt = { abort(): void };

const nothing = Buffer.alloc(0);
const answerHeadLimit = 16_384;
/** The kernel's queue of a Unix socket is full: the replica lives and keeps its turn. */
const busyRetryMs = 20;

/** One handshake with one replica, in its turn behind the others that it has under way. */
export function attemptHandshake({ replica, head, accept, timings, connected, done }: Options): Attempt {
  let upstream: UpstreamSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let state: 'queued' | 'connecting' | 'asked' | 'settled' = 'queued';
  let connectUntil = 0;
  let answer: Buffer = nothing;
  /** Whoever takes the socket over sets its own listeners. */
  let forget = (): unknown => undefined;

  const applicant = {
    granted: begin,
    dismissed: () => settle({ kind: 'dismissed' }),
    timedOut: () => settle({ kind: 'failed', refusal: overloaded }),
  };
  if (!replica.handshakes.take(applicant, timings.waitForReplicaMs)) applicant.timedOut();

  function begin(): void {
    state = 'connecting';
    connectUntil = Date.now() + timings.connectTimeoutMs;
    connectNow();
  }

  function connectNow(): void {
    let cause = '';
    const opened = openUpstreamSocket(replica.upstream);
    upstream = opened;
    opened.receiver = { receive };
    opened.socket.on('connect', ask).on('error', failed).on('close', close);
    forget = () => opened.socket.off('connect', ask).off('error', failed).off('close', close);
    timer = setTimeout(() => {
      cause = 'ETIMEDOUT';
      opened.socket.destroy();
    }, connectUntil - Date.now());

    function failed(error: NodeJS.ErrnoException): void {
      cause = error.code ?? error.message;
    }

    function close(): void {
      closed(opened, cause);
    }
  }

  function ask(): void {
    clearTimeout(timer);
    state = 'asked';
    connected();
    timer = setTimeout(
      () => fail(504, 'replica-silent', 'The chat replica did not answer in time.'),
      timings.handshakeTimeoutMs,
    );
    upstream?.socket.write(head, 'latin1');
  }

  function receive(bytes: Buffer): boolean {
    answer = answer.length === 0 ? bytes : Buffer.concat([answer, bytes]);
    for (;;) {
      const read = readUsualSwitch(answer, accept) ?? readAnswerHead(answer);
      if (read === undefined && answer.length <= answerHeadLimit) return true;
      if (read === undefined || read === 'malformed') {
        fail(502, 'replica-failed', 'The chat replica gave an answer that is not HTTP.');
        return true;
      }
      answer = answer.subarray(read.byteLength);
      const informational = read.status < 200 && read.status !== 101;
      if (!informational) {
        answered(read);
        return true;
      }
    }
  }

  function answered(read: AnswerHead): void {
    if (upstream === undefined || state !== 'asked') return;
    if (read.status !== 101) settle({ kind: 'answered', upstream, head: read, rest: answer });
    else if (isSwitch(read, accept)) settle({ kind: 'switched', upstream, head: read, rest: answer });
    else fail(502, 'replica-failed', 'The chat replica gave an invalid answer to the handshake.');
  }

  function closed(which: UpstreamSocket, cause: string): void {
    if (which !== upstream || state === 'settled') return;
    clearTimeout(timer);
    if (state === 'asked') fail(502, 'replica-failed', 'The chat replica closed the connection without an answer.');
    else if (cause === 'EAGAIN' && Date.now() + busyRetryMs < connectUntil) timer = setTimeout(connectNow, busyRetryMs);
    else settle({ kind: 'connect-failed', cause });
  }

  function fail(status: 502 | 504, reason: 'replica-failed' | 'replica-silent', message: string): void {
    settle({ kind: 'failed', refusal: { status, reason, message } });
  }

  function settle(outcome: Outcome): void {
    if (state === 'settled') return;
    leaveReplica();
    if (outcome.kind === 'switched' || outcome.kind === 'answered') forget();
    else upstream?.socket.destroy();
    done(outcome);
  }

  function leaveReplica(): void {
    const queued = state === 'queued';
    state = 'settled';
    clearTimeout(timer);
    if (queued) replica.handshakes.leave(applicant);
    else replica.handshakes.release();
  }

  return {
    abort() {
      if (state === 'settled') return;
      leaveReplica();
      upstream?.socket.destroy();
    },
  };
}
