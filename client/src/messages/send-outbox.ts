import type { Attachment } from '../../../shared/attachment.ts';
import { mintClientId } from '../../../shared/client-id.ts';
import type { Message, SendMessage, Sent } from '../../../shared/protocol.ts';
import { type Cell, createCell } from '../cell.ts';
import { refusalOf } from '../wire/refusal.ts';
import {
  dueEntries,
  type MessageChange,
  type Outbox,
  type OutboxEntry,
  type OutboxStep,
  outboxAfter,
} from './outbox.ts';
import type { OutboxStorage } from './outbox-storage.ts';

const answerTimeoutMs = 10_000;
const retryDelayMs = 1_000;

type Surroundings = {
  send(message: SendMessage, signal: AbortSignal): Promise<Sent>;
  change(message: number, change: MessageChange, signal: AbortSignal): Promise<unknown>;
  isOnline(): boolean;
  /** Nothing came back in time although the socket seemed open. */
  onSilence(): void;
  storage: OutboxStorage;
};

export type OutboxRunner = {
  entries: Cell<Outbox>;
  write(channel: number, text: string, about?: Pick<OutboxEntry, 'thread' | 'quotes' | 'attachments'>): OutboxEntry;
  /** Changes a message that is in the log, after what was written before. */
  change(message: Pick<Message, 'id' | 'channel' | 'thread'>, change: MessageChange): void;
  retry(clientId: string): void;
  edit(clientId: string, text: string): void;
  remove(clientId: string): void;
  /** A file that a message waits for is there, or isn't to come along. */
  attach(key: string, attachment: Attachment): void;
  detach(key: string): void;
  /** The log has these of mine. */
  logged(messages: readonly Pick<Message, 'clientId' | 'id'>[]): void;
  /** Takes over what tabs have left that are no longer there. */
  adopt(): void;
  /** The last frame was above the server's limit: what was on its way can never pass. */
  tooLarge(): void;
  /** Sends what is due; to be called when the connection is back. */
  pump(): void;
  stop(): void;
};

/** Sends each channel's messages one after another, and keeps them until the log has them. */
export function runOutbox({ send, change, isOnline, onSilence, storage }: Surroundings): OutboxRunner {
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

  const deliver = async (entry: OutboxEntry) => {
    const { clientId } = entry;
    take({ kind: 'taken', clientId });
    const deadline = AbortSignal.timeout(answerTimeoutMs);
    try {
      if (entry.posted !== undefined) await deliverChange(entry, entry.posted, deadline);
      else take({ kind: 'accepted', clientId, seq: (await send(messageOf(entry), deadline)).seq });
      pump();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.reason === 'message-not-found' && entry.change?.kind === 'delete') {
        take({ kind: 'settled', clientId });
        pump();
      } else if (refusal && !passing.has(refusal.reason)) {
        take({ kind: 'refused', clientId, ...refusal, next: mintClientId() });
        pump();
      } else {
        take({ kind: 'unanswered', clientId });
        if (deadline.aborted && !stopped) onSilence();
        setTimeout(pump, refusal?.details.retryAfterSeconds ? refusal.details.retryAfterSeconds * 1000 : retryDelayMs);
      }
    }
  };

  /** While it was under way, something else may have been wished for. */
  const deliverChange = async ({ clientId, change: wish }: OutboxEntry, message: number, deadline: AbortSignal) => {
    if (wish !== undefined) await change(message, wish, deadline);
    const now = entries.get().find((one) => one.clientId === clientId);
    take(now?.change === wish ? { kind: 'settled', clientId } : { kind: 'unanswered', clientId });
  };

  const restore = (kept: readonly OutboxEntry[]) => {
    if (stopped) return;
    lastOrder = Math.max(lastOrder, ...kept.map((entry) => entry.order));
    take({ kind: 'restored', entries: kept });
    pump();
  };
  storage.load(restore);

  const newEntry = (content: Pick<OutboxEntry, 'channel' | 'text'> & Partial<OutboxEntry>): OutboxEntry => {
    const at = Date.now();
    lastOrder = Math.max(lastOrder + 1, at);
    return { clientId: mintClientId(), ...content, at, order: lastOrder, state: { kind: 'queued' }, tried: false };
  };

  return {
    entries,
    pump,
    adopt: () => storage.load(restore),
    write(channel, text, about) {
      const entry = newEntry({ ...about, channel, text });
      take({ kind: 'written', entry });
      pump();
      return entry;
    },
    change({ id, channel, thread }, wish) {
      const about = thread === undefined ? {} : { thread: { root: thread, toChannel: false } };
      take({ kind: 'change', entry: newEntry({ ...about, channel, text: '', posted: id, change: wish }) });
      pump();
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
    logged(messages) {
      for (const { clientId, id } of messages) take({ kind: 'logged', clientId, seq: id });
      pump();
    },
    tooLarge() {
      for (const { clientId, state } of entries.get())
        if (state.kind === 'sending')
          take({ kind: 'refused', clientId, reason: 'too-large', details: {}, next: mintClientId() });
    },
    stop() {
      stopped = true;
      storage.close();
    },
  };
}

function messageOf({ clientId, channel, text, attachments = [], quotes, thread }: OutboxEntry): SendMessage {
  const files = attachments.flatMap(({ attachment }) => attachment?.id ?? []);
  return {
    ...{ clientId, channel, text, quotes },
    ...(files.length > 0 && { attachments: files }),
    ...(thread && { thread: thread.root, toChannel: thread.toChannel }),
  };
}

/** These pass by themselves, or with the sign-in: the message waits, it hasn't failed. */
const passing = new Set(['overloaded', 'not-signed-in']);
