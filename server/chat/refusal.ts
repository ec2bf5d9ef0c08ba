import { TRPCError } from '@trpc/server';
import type { RefusalDetails, RefusalReason } from '../../shared/refusals.ts';

type Code = TRPCError['code'];

const codes: Partial<Record<RefusalReason, Code>> = {
  'attachment-missing': 'NOT_FOUND',
  'channel-not-found': 'NOT_FOUND',
  'invite-not-found': 'NOT_FOUND',
  'message-not-found': 'NOT_FOUND',
  'member-not-found': 'NOT_FOUND',
  'not-allowed': 'FORBIDDEN',
  'origin-refused': 'FORBIDDEN',
  'not-signed-in': 'UNAUTHORIZED',
  'wrong-credentials': 'UNAUTHORIZED',
  'too-many-attempts': 'TOO_MANY_REQUESTS',
  'too-many-subscriptions': 'TOO_MANY_REQUESTS',
  'too-many-uploads': 'TOO_MANY_REQUESTS',
  'already-set-up': 'CONFLICT',
  'channel-name-taken': 'CONFLICT',
  'client-id-reused': 'CONFLICT',
  'name-taken': 'CONFLICT',
  overloaded: 'SERVICE_UNAVAILABLE',
  'storage-failed': 'SERVICE_UNAVAILABLE',
  'storage-full': 'SERVICE_UNAVAILABLE',
};

/** An expected no: the client gets `reason` and `details` and has the words for them. */
export class Refusal extends TRPCError {
  readonly reason: RefusalReason;
  readonly details: RefusalDetails;

  constructor(reason: RefusalReason, details: RefusalDetails = {}, cause?: unknown) {
    super({ code: codes[reason] ?? 'BAD_REQUEST', message: reason, cause });
    this.reason = reason;
    this.details = details;
  }
}
