import { type RefusalDetails, type RefusalReason, refusalReasons } from '../../../shared/refusals.ts';

/** What the server said no to, and why. */
export type Refusal = { reason: RefusalReason; details: RefusalDetails };

/** Undefined where the server gave no answer at all: the outcome is unknown, and asking again is right. */
export function refusalOf(error: unknown): Refusal | undefined {
  const data = isRecord(error) ? error.data : undefined;
  if (!isRecord(data)) return undefined;
  const reason = refusalReasons.find((known) => known === data.reason);
  return { reason: reason ?? 'internal', details: isRecord(data.details) ? data.details : {} };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
