import type { IncomingMessage, ServerResponse } from 'node:http';
import { passOn } from '../pass-on.ts';
import { endToEndHeaders, type ForwardedClient, forwardedHeaders } from './forwarded-headers.ts';
import { noReplica, overloaded, type Refusal, refuseRequest, tooMany } from './refusals.ts';
import type { Replica } from './replica.ts';
import type { Replicas } from './replicas.ts';
import { attemptRequest, type RequestAttempt, type RequestOutcome } from './request-attempt.ts';
import { Search } from './search.ts';
import type { Slots } from './slots.ts';
import { awaitSmallBody, isSmallBody } from './small-body.ts';
import type { Timings } from './timings.ts';
import { takeUploadPlace, type UploadPlace } from './upload-place.ts';

export type ForwardContext = {
  replicas: Replicas;
  timings: Timings;
  clientOf(request: IncomingMessage): ForwardedClient;
  /** Where uploads of this address take a place first, if there is a limit. */
  uploadPlaces(address: string): Slots | undefined;
};

const failed: Refusal = {
  status: 502,
  reason: 'replica-failed',
  message: 'The chat replica closed the connection without an answer.',
  // The rest of a body may still be under way; it must not be read as the next request.
  headers: ['Connection', 'close'],
};
const unknownEncoding: Refusal = {
  status: 400,
  reason: 'bad-request',
  message: 'The request has a Transfer-Encoding other than chunked.',
};
const silent: Refusal = {
  status: 504,
  reason: 'replica-silent',
  message: 'The chat replica did not answer in time.',
  headers: ['Connection', 'close'],
};

/**
 * One HTTP request to the replica whose turn it is, streamed both ways. It goes to another one only where that can't
 * do anything twice: nothing was sent yet, or it only reads, has no body and nothing came back.
 */
export function forwardRequest(request: IncomingMessage, response: ServerResponse, context: ForwardContext): void {
  const { replicas, timings } = context;
  const encoding = request.headers['transfer-encoding'];
  const chunked = encoding?.trim().toLowerCase() === 'chunked';
  if (encoding !== undefined && !chunked) {
    refuseRequest(response, unknownEncoding);
    return;
  }
  const hasBody = chunked || (request.headers['content-length'] ?? '0') !== '0';
  const repeatable = !hasBody && ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '');
  const client = context.clientOf(request);
  const headers = [...endToEndHeaders(request.rawHeaders), ...forwardedHeaders(client)];
  // Else Node would send the body of a GET with no framing at all, to be read as the next request.
  if (chunked) headers.push('Transfer-Encoding', 'chunked');
  let attempt: RequestAttempt | undefined;
  let search: Search | undefined;
  let isUpload = false;
  let place: UploadPlace | undefined;

  awaitSmallBody({
    request,
    stallMs: timings.bodyStallMs,
    stalled: () => refuse(silent),
    arrived() {
      isUpload = hasBody && !request.complete && !isSmallBody(request);
      const places = isUpload ? context.uploadPlaces(client.address) : undefined;
      if (places === undefined) begin();
      else
        place = takeUploadPlace(places, timings.waitForReplicaMs, { granted: begin, refused: () => refuse(tooMany) });
    },
  });
  // Also after a complete answer, when there is nothing left to give up.
  response.on('close', () => {
    place?.leave();
    search?.abandon();
    if (!response.writableFinished) attempt?.abort();
  });

  function begin(): void {
    search = new Search(replicas, 'requests', timings.waitForReplicaMs, {
      found: ask,
      refused: (reason) => refuse(reason === 'overloaded' ? overloaded : noReplica),
    });
    search.begin();
  }

  function ask(replica: Replica): void {
    attempt = attemptRequest({
      replica,
      request,
      headers,
      hasBody,
      isUpload,
      timings,
      connected: () => replicas.connected(replica),
      done: (outcome) => conclude(replica, outcome),
    });
  }

  function conclude(replica: Replica, outcome: RequestOutcome): void {
    switch (outcome.kind) {
      case 'answered':
        replicas.answered(replica);
        relay(outcome.answer);
        return;
      case 'connect-failed':
        replicas.connectFailed(replica, outcome.cause);
        search?.goOn();
        return;
      case 'dismissed':
        search?.goOn();
        return;
      case 'overloaded':
        refuse(overloaded);
        return;
      case 'unanswered':
        replica.counters.requestsFailed += 1;
        if (repeatable) search?.goOn();
        else refuse(failed);
        return;
      case 'timed-out':
        replica.counters.requestsFailed += 1;
        refuse(silent);
        return;
    }
  }

  function relay(answer: IncomingMessage): void {
    try {
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEndHeaders(answer.rawHeaders));
    } catch {
      // A header that Node won't write.
      answer.destroy();
      refuse(failed);
      return;
    }
    passOn(answer, response);
    // A broken answer destroys the response, so that the client can't take it for a whole one.
    answer
      .on('error', () => undefined)
      .on('close', () => {
        if (!answer.readableEnded) response.destroy();
      });
    response
      .on('error', () => undefined)
      .on('close', () => {
        if (!answer.readableEnded) answer.destroy();
      });
  }

  function refuse(refusal: Refusal): void {
    request.resume();
    refuseRequest(response, refusal);
  }
}
