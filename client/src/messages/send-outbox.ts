import type { Attachment } from '../../../shared/attachment.ts';
import { mintClientId } from '../../../shared/client-id.ts';
import type { SendMessage, Sent } from '../../../shared/protocol.ts';
import { type Cell, createCell } from '../cell.ts';
import { refusalOf } from '../wire/refusal.ts';
import { dueEntries, type Outbox, type OutboxEntry, type OutboxStep, outboxAfter } from './outbox.ts';
import type { OutboxStorage } from './outbox-storage.ts';

const answerTimeoutMs = 10_000;
const retryDelayMs = 1_000;

type Surroundings = {
  send(message: SendMessage, signal: AbortSignal): Promise<Sent>;
  isOnline(): boolean;
  /** Nothing came back in time although the socket seemed open. */
  onSilence(): void;
  storage: OutboxStorage;
};

export type OutboxRunner = {
  entries: Cell<Outbox>;
  write(channel: number, text: string, about?: Pick<OutboxEntry, 'thread' | 'quotes' | 'attachments'>): OutboxEntry;
  retry(clientId: string): void;
  edit(clientId: string, text: string): void;
  remove(clientId: string): void;
  /** A file that a message waits for is there, or isn't to come along. */
  attach(key: string, attachment: Attachment): void;
  detach(key: string): void;
  /** The log has these of mine. */
  logged(clientIds: readonly string[]): void;
  /** The last frame was above the server's limit: what was on its way can never pass. */
  tooLarge(): void;
  /** Sends what is due; to be called when the connection is back. */
  pump(): void;
  stop(): void;
};

/** Sends each channel's messages one after another, and keeps them until the log has them. */
export function runOutbox({ send, isOnline, onSilence, storage }: Surroundings): OutboxRunner {
  const entries = createCell<Outbox>([]);
  let lastOrder = 0;
  let stopped = false;

  const take = (step: OutboxStep) => {
    const before = entries.get();
    const after = outboxAfter(before, step);
    entries.set(after);
    storage.keep(before, after);
  };

  const pump = () => {
    if (stopped || !isOnline()) return;
    for (const entry of dueEntries(entries.get())) void deliver(entry);
  };

  const deliver = async ({ clientId, channel, text, attachments = [], thread, quotes }: OutboxEntry) => {
    take({ kind: 'taken', clientId });
    const files = attachments.flatMap(({ attachment }) => attachment?.id ?? []);
    const deadline = AbortSignal.timeout(answerTimeoutMs);
    try {
      const sent = await send(
        {
          ...{ clientId, channel, text, quotes },
          ...(files.length > 0 && { attachments: files }),
          ...(thread && { thread: thread.root, toChannel: thread.toChannel }),
        },
        deadline,
      );
      take({ kind: 'accepted', clientId, seq: sent.seq });
      pump();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal && !passing.has(refusal.reason)) {
        take({ kind: 'refused', clientId, ...refusal });
        pump();
      } else {
        take({ kind: 'unanswered', clientId });
        if (deadline.aborted && !stopped) onSilence();
        setTimeout(pump, refusal?.details.retryAfterSeconds ? refusal.details.retryAfterSeconds * 1000 : retryDelayMs);
      }
    }
  };

  const restore = (kept: readonly OutboxEntry[]) => {
    if (stopped) return;
    lastOrder = Math.max(lastOrder, ...kept.map((entry) => entry.order));
    take({ kind: 'restored', entries: kept });
    pump();
  };
  storage.load(restore);

  return {
    entries,
    pump,
    write(channel, text, about) {
      const at = Date.now();
      lastOrder = Math.max(lastOrder + 1, at);
      const entry: OutboxEntry = {
        clientId: mintClientId(),
        ...about,
        channel,
        text,
        at,
        order: lastOrder,
        state: { kind: 'queued' },
      };
      take({ kind: 'written', entry });
      pump();
      return entry;
    },
    retry(clientId) {
      take({ kind: 'retried', clientId });
      pump();
    },
    edit(clientId, text) {
      take({ kind: 'edited', clientId, text, next: mintClientId() });
      pump();
    },
    remove(clientId) {
      take({ kind: 'deleted', clientId });
      pump();
    },
    attach(key, attachment) {
      take({ kind: 'attached', key, attachment });
      pump();
    },
    detach(key) {
      take({ kind: 'detached', key });
      pump();
    },
    logged(clientIds) {
      for (const clientId of clientIds) take({ kind: 'logged', clientId });
      pump();
    },
    tooLarge() {
      for (const { clientId, state } of entries.get())
        if (state.kind === 'sending') take({ kind: 'refused', clientId, reason: 'too-large', details: {} });
    },
    stop() {
      stopped = true;
      storage.close();
    },
  };
}

/** These pass by themselves, or with the sign-in: the message waits, it hasn't failed. */
const passing = new Set(['overloaded', 'not-signed-in']);
