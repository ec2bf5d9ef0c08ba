import { hash } from 'node:crypto';
import { checkedRequest } from '../previews/checked-request.ts';
import type { NoticeKey, NoticeResult } from '../store/mutations.ts';
import type { DueNotice } from '../store/notices.ts';
import type { ComposedNotice } from './compose-notice.ts';
import type { PushPolicy } from './push-policy.ts';

type Outcome = NoticeResult['outcome'];
export type PushSender = (to: DueNotice, notice: ComposedNotice, stop: AbortSignal) => Promise<Outcome | undefined>;

const timeLimitMs = 5_000;
/** How long a push service keeps it for a device that is away. */
const timeToLiveSeconds = 86_400;
const longestWaitMs = 3_600_000;

/**
 * Seals a notice for a device and hands it to the device's push service. Undefined where it was stopped before there was
 * an answer: whoever comes next does it again.
 */
export function createPushSender(options: {
  policy: PushPolicy;
  key(): Promise<NoticeKey>;
  /** Who sends, for a push service that wants to complain. */
  subject: string;
  firstWaitMs?: number;
}): PushSender {
  const { policy, key, subject, firstWaitMs = 5_000 } = options;

  return async ({ subscription, failures }, { payload, urgency, topic }, stop) => {
    const { endpoint, p256dh, auth } = subscription;
    const failed = (askedForMs = 0): Outcome => ({
      kind: 'failed',
      againAfterMs: Math.min(longestWaitMs, Math.max(askedForMs, backoffMs(failures))),
    });
    if (!policy.accepts(endpoint)) return { kind: 'gone' };
    try {
      // Ten megabytes that a replica needs only once somebody wants notices.
      const { generateRequestDetails } = (await import('web-push')).default;
      const details = generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(payload), {
        vapidDetails: { subject, ...(await key()) },
        contentEncoding: 'aes128gcm',
        TTL: timeToLiveSeconds,
        urgency,
        // One that waits at the service gives way to the next of its place; what place that is stays between us.
        topic: hash('sha256', `${auth} ${topic}`, 'base64url').slice(0, 32),
      });
      const signal = AbortSignal.any([AbortSignal.timeout(timeLimitMs), stop]);
      const outgoing = { method: 'POST', headers: details.headers, body: details.body ?? Buffer.alloc(0) } as const;
      const response = await checkedRequest(new URL(endpoint), outgoing, policy.network, signal);
      response?.destroy();
      if (response === undefined) return failed();
      return outcomeOf(response.statusCode ?? 0, () => failed(retryAfterMs(response.headers['retry-after'])));
    } catch {
      return stop.aborted ? undefined : failed();
    }
  };

  function backoffMs(failures: number): number {
    return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures, 20)) * (0.5 + Math.random() / 2);
  }
}

function outcomeOf(status: number, failed: () => Outcome): Outcome {
  if (status >= 200 && status < 300) return { kind: 'shown' };
  if (status === 404 || status === 410) return { kind: 'gone' };
  // What it doesn't take now it won't take later either.
  if (status === 400 || status === 413) return { kind: 'dropped' };
  return failed();
}

function retryAfterMs(header: string | undefined): number {
  if (header === undefined) return 0;
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
