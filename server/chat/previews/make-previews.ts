import { firstLink } from '../../../shared/first-link.ts';
import type { LogEvent } from '../../../shared/protocol.ts';
import { startBackgroundWork } from '../background-work.ts';
import type { Store } from '../store/store.ts';
import type { PageFetcher } from './fetch-page.ts';
import { pageDetails } from './page-details.ts';

const batchLimit = 500;
const atOnce = 8;

type Job = { seq: number; message: number; link: string };

/**
 * Looks through the log for links and fetches what they lead to, on one replica at a time. How far it has come is kept
 * with the data: should one replica end, the next goes on from there.
 */
export function makePreviews(options: {
  store: Pick<Store, 'write' | 'readAfter' | 'previewedTo'>;
  replica: string;
  fetchPage: PageFetcher;
  onError(error: unknown): void;
  /** Longer than the slowest batch takes; what one that was killed had begun is begun anew after it. */
  leaseMs?: number;
  lookEveryMs?: number;
}): { wake(): void; stop(): Promise<void> } {
  const { store, replica: holder, fetchPage, leaseMs = 8_000, lookEveryMs = 5_000 } = options;
  /** Up to here this replica knows that nothing is to be done. */
  let looked = 0;
  let woken = Promise.withResolvers<void>();
  const work = startBackgroundWork(async (pause, stopped) => {
    while (!stopped.aborted) {
      try {
        while (await look(stopped));
      } catch (error) {
        options.onError(error);
      }
      await Promise.race([woken.promise, pause(lookEveryMs)]);
      woken = Promise.withResolvers();
    }
  });

  /** True where there may be more at once. */
  async function look(stopped: AbortSignal): Promise<boolean> {
    const from = Math.max(looked, await store.previewedTo());
    const events = await store.readAfter(from, batchLimit);
    const last = events.at(-1);
    if (last === undefined || stopped.aborted) return false;
    const jobs = events.flatMap(({ seq, payload }) => jobIn(seq, payload)).slice(0, atOnce);
    if (jobs.length === 0) {
      looked = last.seq;
      return events.length === batchLimit;
    }
    const { held } = await store.write({ kind: 'take-lease', job: 'previews', holder, forMs: leaseMs });
    // Whoever holds it may have come further since.
    if (!held || (await store.previewedTo()) > from) return held;
    await Promise.all(jobs.map((job) => preview(job, stopped)));
    if (stopped.aborted) return false;
    await store.write({ kind: 'note-previewed', seq: jobs.at(-1)?.seq ?? last.seq });
    await store.write({ kind: 'take-lease', job: 'previews', holder, forMs: 0 });
    return true;
  }

  async function preview({ message, link }: Job, stopped: AbortSignal): Promise<void> {
    const page = await fetchPage(link, stopped);
    const details = page && pageDetails(page);
    if (details) await store.write({ kind: 'set-preview', message, link, preview: details });
  }

  return { wake: () => woken.resolve(), stop: work.stop };
}

/** An event that may bring a link, without reading it whole. */
export function mayHaveLink({ kind, payload }: { kind: string; payload: string }): boolean {
  return (kind === 'message-posted' || kind === 'message-edited') && /https?:/i.test(payload);
}

function jobIn(seq: number, payload: string): Job[] {
  if (!/https?:/i.test(payload)) return [];
  const event = JSON.parse(payload) as LogEvent;
  if (event.kind !== 'message-posted' && event.kind !== 'message-edited') return [];
  const [message, text] =
    event.kind === 'message-posted' ? [event.message.id, event.message.text] : [event.message, event.text];
  const link = firstLink(text);
  return link === undefined ? [] : [{ seq, message, link }];
}
