import { createDeadlines, type Deadlines } from './deadlines.ts';
import type { ForwardedClient } from './forwarded-headers.ts';
import { Handshake } from './handshake.ts';
import { type Refusal, refuseHandshake, tooMany } from './refusals.ts';
import type { Replica } from './replica.ts';
import type { Replicas } from './replicas.ts';
import { faultInRequest } from './request-faults.ts';
import { isWebSocketPath } from './routes.ts';
import { enter } from './staged-socket.ts';
import type { Timings } from './timings.ts';
import type { Tunnels } from './tunnels.ts';
import { acceptFor, faultInUpgrade, type UpgradeRequest, upgradeHead } from './upgrade-request.ts';

type Options = {
  replicas: Replicas;
  tunnels: Tunnels;
  timings: Timings;
  /** From the request to the tunnel. */
  handshakeTook(replica: Replica, ms: number): void;
  clientOf(request: UpgradeRequest): ForwardedClient;
  /** Whether this address may open one more now. */
  admits(address: string): boolean;
};

/** What all handshakes under way share. */
export type Handshakes = Options & {
  readonly connecting: Deadlines<Handshake>;
  readonly answering: Deadlines<Handshake>;
  /** `first` came right behind the request. */
  start(request: UpgradeRequest, first: Buffer): void;
};

export function createHandshakes(options: Options): Handshakes {
  const { timings, clientOf, admits } = options;
  const handshakes: Handshakes = {
    ...options,
    connecting: createDeadlines(timings.connectTimeoutMs, (handshake) => handshake.connectTookTooLong()),
    answering: createDeadlines(timings.handshakeTimeoutMs, (handshake) => handshake.answerTookTooLong()),
    start(request, first) {
      const client = request.socket;
      const sender = clientOf(request);
      const refusal = refusalFor(request) ?? (admits(sender.address) ? undefined : tooMany);
      if (refusal !== undefined) {
        refuseHandshake(client, refusal, timings.finTimeoutMs);
        return;
      }
      const handshake = new Handshake(client, upgradeHead(request, sender), acceptFor(request), handshakes);
      enter(client, handshake);
      handshake.begin(first);
    },
  };
  return handshakes;
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
