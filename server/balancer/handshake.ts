import type { Socket } from 'node:net';
import { switchingHead } from './answer-head.ts';
import { endWithin } from './ending.ts';
import type { ForwardedClient } from './forwarded-headers.ts';
import { type Attempt, attemptHandshake, type Outcome } from './handshake-attempt.ts';
import { noReplica, overloaded, type Refusal, tooMany, writeRefusal } from './refusals.ts';
import { relayAnswer } from './relayed-answer.ts';
import type { Replica } from './replica.ts';
import type { Replicas } from './replicas.ts';
import { faultInRequest } from './request-faults.ts';
import { isWebSocketPath } from './routes.ts';
import { type Search, startSearch } from './search.ts';
import type { Timings } from './timings.ts';
import type { Tunnels } from './tunnels.ts';
import { acceptFor, faultInUpgrade, type UpgradeRequest, upgradeHead } from './upgrade-request.ts';

export type HandshakeContext = {
  replicas: Replicas;
  tunnels: Tunnels;
  timings: Timings;
  /** From the request to the tunnel. */
  handshakeTook(replica: Replica, ms: number): void;
  clientOf(request: UpgradeRequest): ForwardedClient;
  /** Whether this address may open one more now. */
  admits(address: string): boolean;
};

/** What a client may send before it has its answer; a WebSocket client sends nothing. */
const heldBytesLimit = 65_536;

/**
 * From the client's upgrade request to a tunnel. Until a valid 101 nothing but the handshake goes to the replica:
 * passed on at once, the client's next bytes would be read there as HTTP that nobody has checked.
 */
export function startHandshake(request: UpgradeRequest, first: Buffer, context: HandshakeContext): void {
  const { replicas, tunnels, timings } = context;
  const startedAt = performance.now();
  const client = request.socket;
  client.setTimeout(0);

  const sender = context.clientOf(request);
  const refusal = refusalFor(request) ?? (context.admits(sender.address) ? undefined : tooMany);
  if (refusal !== undefined) {
    refuse(client, refusal, timings);
    return;
  }

  const held: Buffer[] = first.length > 0 ? [first] : [];
  let heldLength = first.length;
  let search: Search | undefined;
  let attempt: Attempt | undefined;
  const head = upgradeHead(request, sender);
  const accept = acceptFor(request);

  client.on('data', hold);
  // A client that goes away before its answer must not leave a connection to the replica behind.
  client.on('end', lost);
  client.on('close', lost);
  search = startSearch(replicas, {
    work: 'connections',
    waitMs: timings.waitForReplicaMs,
    found: ask,
    refused: (reason) => giveUp(reason === 'overloaded' ? overloaded : noReplica),
  });

  function ask(replica: Replica): void {
    attempt = attemptHandshake({
      replica,
      head,
      accept,
      timings,
      connected: () => replicas.connected(replica),
      done: (outcome) => conclude(replica, outcome),
    });
  }

  function conclude(replica: Replica, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'connect-failed':
        replicas.connectFailed(replica, outcome.cause);
        search?.goOn();
        return;
      case 'dismissed':
        search?.goOn();
        return;
      case 'failed':
        if (outcome.refusal.reason !== 'overloaded') replicas.handshakeFailed(replica, outcome.refusal.reason);
        giveUp(outcome.refusal);
        return;
      case 'answered':
        replicas.answered(replica);
        letGo();
        relayAnswer(client, outcome, timings);
        return;
      case 'switched': {
        replicas.answered(replica);
        context.handshakeTook(replica, performance.now() - startedAt);
        letGo();
        client.write(switchingHead(outcome.head), 'latin1');
        tunnels.join(client, outcome.upstream, replica);
        const { receiver, socket } = outcome.upstream;
        if (outcome.rest.length > 0 && !receiver.receive(outcome.rest)) socket.pause();
        for (const bytes of held) socket.write(bytes);
        return;
      }
    }
  }

  function hold(bytes: Buffer): void {
    held.push(bytes);
    heldLength += bytes.length;
    if (heldLength <= heldBytesLimit) return;
    abandon();
    giveUp({ status: 400, reason: 'bad-request', message: 'Too much was sent before the answer to the handshake.' });
  }

  function lost(): void {
    letGo();
    abandon();
    client.destroy();
  }

  function abandon(): void {
    search?.abandon();
    attempt?.abort();
  }

  function giveUp(why: Refusal): void {
    letGo();
    refuse(client, why, timings);
  }

  function letGo(): void {
    client.off('data', hold);
    client.off('end', lost);
    client.off('close', lost);
  }
}

function refusalFor(request: UpgradeRequest): Refusal | undefined {
  const malformed = faultInRequest(request);
  if (malformed !== undefined) return { status: 400, reason: 'bad-request', message: `The request has ${malformed}.` };
  const fault = faultInUpgrade(request);
  if (fault !== undefined) {
    const headers =
      fault.status === 426 ? ['Sec-WebSocket-Version', '13'] : fault.status === 405 ? ['Allow', 'GET'] : [];
    return { status: fault.status, reason: 'bad-request', message: `Refused: ${fault.message}.`, headers };
  }
  if (!isWebSocketPath(request.url ?? ''))
    return { status: 404, reason: 'not-found', message: 'There is no WebSocket at this path.' };
  return undefined;
}

function refuse(client: Socket, refusal: Refusal, { finTimeoutMs }: Timings): void {
  writeRefusal(client, refusal);
  endWithin(client, finTimeoutMs);
}
