import type { Socket } from 'node:net';
import type { AnswerHead } from './answer-head.ts';
import { HandshakeAnswer } from './handshake-answer.ts';
import type { Handshakes } from './handshakes.ts';
import { noReplica, overloaded, type Refusal, refuseHandshake } from './refusals.ts';
import { relayAnswer } from './relayed-answer.ts';
import type { Replica } from './replica.ts';
import { Search, type Seeker } from './search.ts';
import { moveTo, nobody, type Stage } from './staged-socket.ts';
import { openUpstreamSocket } from './upstream-socket.ts';

/** What a client may send before it has its answer; a WebSocket client sends nothing. */
const heldBytesLimit = 65_536;
/** The kernel's queue of a Unix socket is full: the replica lives and keeps its turn. */
const busyRetryMs = 20;

/**
 * From the client's upgrade request to a tunnel. Until a valid 101 nothing but the handshake goes to the replica:
 * passed on at once, the client's next bytes would be read there as HTTP that nobody has checked.
 *
 * One object for both its sockets, its place in the replica's queue and its deadlines: as closures that were a third
 * of what a connection costs.
 */
export class Handshake implements Stage, Seeker {
  readonly #client: Socket;
  readonly #head: string;
  readonly #answer: HandshakeAnswer;
  readonly #context: Handshakes;
  readonly #startedAt = performance.now();
  readonly #search: Search;
  #state: 'searching' | 'queued' | 'connecting' | 'asked' | 'over' = 'searching';
  #replica: Replica | undefined;
  #upstream: Socket | undefined;
  #held: Buffer[] | undefined;
  #heldLength = 0;
  #retry: NodeJS.Timeout | undefined;

  constructor(client: Socket, head: string, accept: string, context: Handshakes) {
    this.#client = client;
    this.#head = head;
    this.#answer = new HandshakeAnswer(accept);
    this.#context = context;
    this.#search = new Search(context.replicas, 'connections', context.timings.waitForReplicaMs, this);
  }

  /** `first` came right behind the request. */
  begin(first: Buffer): void {
    if (first.length > 0) this.#hold(first);
    if (this.#state !== 'over') this.#search.begin();
  }

  found(replica: Replica): void {
    this.#replica = replica;
    this.#state = 'queued';
    if (!replica.handshakes.take(this, this.#context.timings.waitForReplicaMs)) this.timedOut();
  }

  refused(reason: 'no-replica' | 'overloaded'): void {
    this.#giveUp(reason === 'overloaded' ? overloaded : noReplica);
  }

  /** In its turn behind the others that the replica has under way. */
  granted(): void {
    this.#state = 'connecting';
    this.#context.connecting.start(this);
    this.#connect();
  }

  /** The replica went down while this stood in its queue: another one may have it. */
  dismissed(): void {
    this.#state = 'searching';
    this.#search.goOn();
  }

  timedOut(): void {
    this.#giveUp(overloaded);
  }

  connected(): void {
    const { connecting, answering, replicas } = this.#context;
    this.#state = 'asked';
    connecting.end(this);
    answering.start(this);
    if (this.#replica !== undefined) replicas.connected(this.#replica);
    this.#upstream?.write(this.#head, 'latin1');
  }

  receive(bytes: Buffer, socket: Socket): boolean {
    if (socket === this.#client) this.#hold(Buffer.from(bytes));
    else this.#hear(bytes);
    return true;
  }

  drained(): void {}

  ended(socket: Socket): void {
    if (socket === this.#client) this.#clientLost();
  }

  closed(socket: Socket): void {
    if (socket === this.#client) this.#clientLost();
    else if (this.#state === 'asked')
      this.#fail(502, 'replica-failed', 'The chat replica closed the connection without an answer.');
    else this.#connectFailed(causeOf(socket));
  }

  connectTookTooLong(): void {
    this.#tryAnother('ETIMEDOUT');
  }

  answerTookTooLong(): void {
    this.#fail(504, 'replica-silent', 'The chat replica did not answer in time.');
  }

  #connect(): void {
    if (this.#replica !== undefined) this.#upstream = openUpstreamSocket(this.#replica.upstream, this);
  }

  #connectFailed(cause: string): void {
    if (cause === 'EAGAIN') this.#retry = setTimeout(() => this.#connect(), busyRetryMs);
    else this.#tryAnother(cause);
  }

  /** Nothing was sent: another replica may have it. */
  #tryAnother(cause: string): void {
    const replica = this.#replica;
    this.#leaveReplica();
    this.#dropUpstream();
    this.#state = 'searching';
    if (replica !== undefined) this.#context.replicas.connectFailed(replica, cause);
    this.#search.goOn();
  }

  #hear(bytes: Buffer): void {
    const answered = this.#answer.take(bytes);
    if (answered?.kind === 'switched') this.#join(answered.head, answered.rest);
    else if (answered?.kind === 'refused') this.#relay(answered.head, answered.rest);
    else if (answered !== undefined) this.#fail(502, 'replica-failed', answered.message);
  }

  #join(head: string, rest: Buffer): void {
    const [replica, upstream] = this.#handOver();
    this.#context.handshakeTook(replica, performance.now() - this.#startedAt);
    this.#client.write(head, 'latin1');
    const tunnel = this.#context.tunnels.join(this.#client, upstream, replica);
    if (rest.length > 0 && !tunnel.receive(rest, upstream)) upstream.pause();
    for (const bytes of this.#held ?? []) upstream.write(bytes);
  }

  /** Any other answer goes to the client, and nothing of the client's to the replica. */
  #relay(head: AnswerHead, rest: Buffer): void {
    const [, upstream] = this.#handOver();
    relayAnswer(this.#client, { upstream, head, rest }, this.#context.timings);
  }

  #handOver(): [Replica, Socket] {
    const [replica, upstream] = [this.#replica, this.#upstream];
    if (replica === undefined || upstream === undefined) throw new Error('An answer from nowhere');
    this.#leaveReplica();
    this.#state = 'over';
    this.#context.replicas.answered(replica);
    return [replica, upstream];
  }

  #hold(bytes: Buffer): void {
    this.#held ??= [];
    this.#held.push(bytes);
    this.#heldLength += bytes.length;
    if (this.#heldLength > heldBytesLimit)
      this.#giveUp({
        status: 400,
        reason: 'bad-request',
        message: 'Too much was sent before the answer to the handshake.',
      });
  }

  /** A client that goes away before its answer must not leave a connection to the replica behind. */
  #clientLost(): void {
    this.#abandon();
    this.#client.destroy();
  }

  #fail(status: 502 | 504, reason: 'replica-failed' | 'replica-silent', message: string): void {
    const replica = this.#replica;
    this.#abandon();
    if (replica !== undefined) this.#context.replicas.handshakeFailed(replica, reason);
    refuseHandshake(this.#client, { status, reason, message }, this.#context.timings.finTimeoutMs);
  }

  #giveUp(refusal: Refusal): void {
    this.#abandon();
    refuseHandshake(this.#client, refusal, this.#context.timings.finTimeoutMs);
  }

  #abandon(): void {
    this.#search.abandon();
    this.#leaveReplica();
    this.#dropUpstream();
    this.#state = 'over';
    moveTo(this.#client, nobody);
  }

  #leaveReplica(): void {
    const slots = this.#replica?.handshakes;
    if (this.#state === 'queued') slots?.leave(this);
    if (this.#state !== 'connecting' && this.#state !== 'asked') return;
    this.#context.connecting.end(this);
    this.#context.answering.end(this);
    clearTimeout(this.#retry);
    // Whoever is next in the queue begins in this very call.
    this.#state = 'searching';
    slots?.release();
  }

  #dropUpstream(): void {
    if (this.#upstream === undefined) return;
    moveTo(this.#upstream, nobody);
    this.#upstream.destroy();
    this.#upstream = undefined;
  }
}

function causeOf({ errored }: Socket): string {
  return errored === null ? '' : ((errored as NodeJS.ErrnoException).code ?? errored.message);
}
