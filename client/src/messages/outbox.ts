import type { Attachment } from '../../../shared/attachment.ts';
import type { RefusalDetails, RefusalReason } from '../../../shared/refusals.ts';
import type { WaitingFile } from '../files/upload.ts';

/** A message on its way. Its channel and its id are settled when Enter is pressed, and stay. */
export type OutboxEntry = {
  clientId: string;
  channel: number;
  /** Where it is a reply: to what, and whether the channel gets it too. */
  thread?: { root: number; toChannel: boolean } | undefined;
  /** The message that it answers. */
  quotes?: number | undefined;
  text: string;
  /** Not due before the server has them all. */
  attachments?: readonly WaitingFile[] | undefined;
  at: number;
  /** First in, first out: rises with every message of this person on this device. */
  order: number;
  state: OutboxState;
};

type OutboxState =
  | { kind: 'queued' }
  | { kind: 'sending' }
  /** In the log for certain; its event is on the way. */
  | { kind: 'accepted'; seq: number }
  | { kind: 'failed'; reason: RefusalReason; details: RefusalDetails };

/** In the order in which they were written. */
export type Outbox = readonly OutboxEntry[];

export type OutboxStep =
  | { kind: 'written'; entry: OutboxEntry }
  | { kind: 'restored'; entries: readonly OutboxEntry[] }
  | { kind: 'taken'; clientId: string }
  | { kind: 'accepted'; clientId: string; seq: number }
  | { kind: 'refused'; clientId: string; reason: RefusalReason; details: RefusalDetails }
  /** No answer: it may be in the log or not. Sent again under the same id, it is there once. */
  | { kind: 'unanswered'; clientId: string }
  | { kind: 'retried'; clientId: string }
  /** Another request than the one that was refused, so it has an id of its own: `next`. */
  | { kind: 'edited'; clientId: string; text: string; next: string }
  | { kind: 'deleted'; clientId: string }
  /** The server has this file now. */
  | { kind: 'attached'; key: string; attachment: Attachment }
  /** The message goes without that file; without any and without text there is none left. */
  | { kind: 'detached'; key: string }
  /** The log has it: the message takes the entry's place. */
  | { kind: 'logged'; clientId: string };

export function outboxAfter(outbox: Outbox, step: OutboxStep): Outbox {
  switch (step.kind) {
    case 'written':
      return [...outbox, step.entry];
    case 'restored':
      return restored(outbox, step.entries);
    case 'taken':
      return changed(outbox, step.clientId, ['queued'], () => ({ state: { kind: 'sending' } }));
    case 'accepted':
      return changed(outbox, step.clientId, ['queued', 'sending'], () => ({
        state: { kind: 'accepted', seq: step.seq },
      }));
    case 'refused':
      return changed(outbox, step.clientId, ['sending'], () => ({
        state: { kind: 'failed', reason: step.reason, details: step.details },
      }));
    case 'unanswered':
      return changed(outbox, step.clientId, ['sending'], () => ({ state: { kind: 'queued' } }));
    case 'retried':
      return changed(outbox, step.clientId, ['failed'], () => ({ state: { kind: 'queued' } }));
    case 'edited':
      return changed(outbox, step.clientId, ['failed'], () => ({
        clientId: step.next,
        text: step.text,
        state: { kind: 'queued' },
      }));
    case 'deleted':
      return outbox.filter((entry) => entry.clientId !== step.clientId || entry.state.kind !== 'failed');
    case 'attached':
      return withFiles(outbox, step.key, (files) =>
        files.map((file) => (file.key === step.key ? { ...file, attachment: step.attachment, file: undefined } : file)),
      );
    case 'detached':
      return withFiles(outbox, step.key, (files) => files.filter(({ key }) => key !== step.key));
    case 'logged':
      return outbox.some((entry) => entry.clientId === step.clientId)
        ? outbox.filter((entry) => entry.clientId !== step.clientId)
        : outbox;
  }
}

/** The client puts what leaves at once into one frame: four of the longest messages fit into what a server takes. */
const sentAtOnce = 4;

/** What may be sent now: of each channel and thread the first that isn't in the log yet; a failed one holds what follows. */
export function dueEntries(outbox: Outbox): OutboxEntry[] {
  const first = new Map<string, OutboxEntry>();
  for (const entry of outbox) {
    const queue = `${entry.channel} ${entry.thread?.root ?? ''}`;
    if (entry.state.kind !== 'accepted' && !first.has(queue)) first.set(queue, entry);
  }
  const sending = outbox.filter((entry) => entry.state.kind === 'sending').length;
  const due = [...first.values()].filter(
    ({ state, attachments = [] }) => state.kind === 'queued' && attachments.every(isThere),
  );
  return due.slice(0, Math.max(0, sentAtOnce - sending));
}

function changed(
  outbox: Outbox,
  clientId: string,
  from: OutboxState['kind'][],
  change: () => Partial<OutboxEntry>,
): Outbox {
  return outbox.map((entry) =>
    entry.clientId === clientId && from.includes(entry.state.kind) ? { ...entry, ...change() } : entry,
  );
}

const isThere = ({ attachment }: WaitingFile) => attachment !== undefined;

/** Only what hasn't been sent yet is waiting for files. */
function withFiles(outbox: Outbox, key: string, change: (files: readonly WaitingFile[]) => WaitingFile[]): Outbox {
  return outbox.flatMap((entry) => {
    const { text, attachments = [] } = entry;
    if (!attachments.some((file) => file.key === key && !isThere(file))) return [entry];
    const left = change(attachments);
    return left.length > 0 || text !== '' ? [{ ...entry, attachments: left }] : [];
  });
}

/** What was kept from before comes ahead of what was written since, unless it is there already. */
function restored(outbox: Outbox, entries: readonly OutboxEntry[]): Outbox {
  const known = new Set(outbox.map((entry) => entry.clientId));
  return [...entries.filter((entry) => !known.has(entry.clientId)), ...outbox].sort((a, b) => a.order - b.order);
}
