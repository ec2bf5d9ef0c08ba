import type { Attachment } from '../../../shared/attachment.ts';
import type { RefusalDetails, RefusalReason } from '../../../shared/refusals.ts';
import type { WaitingFile } from '../files/upload.ts';
import { afterDeletion, afterEdit, afterRefusal, replaces } from './outbox-changes.ts';

/**
 * A message on its way, or a change of one that is in the log already. Its channel and its id are settled when Enter is
 * pressed, and stay.
 */
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
  /** False as long as it has certainly never left this device; then nobody can have it yet. */
  tried?: boolean | undefined;
  /** The message in the log: from there on only the change is left to do. */
  posted?: number | undefined;
  /** What is to become of it once it is in the log. */
  change?: MessageChange | undefined;
};

/** Each sets a state, so a repeat is harmless. */
export type MessageChange =
  | { kind: 'edit'; text: string }
  | { kind: 'delete' }
  | { kind: 'react'; emoji: string; on: boolean };

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
  /** `next` is an id for another text, where one was waiting for this answer. */
  | { kind: 'refused'; clientId: string; reason: RefusalReason; details: RefusalDetails; next: string }
  /** No answer: it may be in the log or not. Sent again under the same id, it is there once. */
  | { kind: 'unanswered'; clientId: string }
  | { kind: 'retried'; clientId: string }
  /** Another request than the one that was refused has an id of its own: `next`. */
  | { kind: 'edited'; clientId: string; text: string; next: string }
  | { kind: 'deleted'; clientId: string }
  /** The server has this file now. */
  | { kind: 'attached'; key: string; attachment: Attachment }
  /** The message goes without that file; without any and without text there is none left. */
  | { kind: 'detached'; key: string }
  /** A message in the log is to be changed. */
  | { kind: 'change'; entry: OutboxEntry }
  /** The change is in the log, or there is nothing left that could be changed. */
  | { kind: 'settled'; clientId: string }
  /** The log has it: the message takes the entry's place. */
  | { kind: 'logged'; clientId: string; seq: number };

export function outboxAfter(outbox: Outbox, step: OutboxStep): Outbox {
  switch (step.kind) {
    case 'written':
      return [...outbox, step.entry];
    case 'restored':
      return restored(outbox, step.entries);
    case 'taken':
      return changed(outbox, step.clientId, ['queued'], () => ({ state: { kind: 'sending' }, tried: true }));
    case 'accepted':
      return changed(outbox, step.clientId, ['queued', 'sending'], ({ change }) =>
        change ? { state: { kind: 'queued' }, posted: step.seq } : { state: { kind: 'accepted', seq: step.seq } },
      );
    case 'refused':
      return outbox.flatMap((entry) => (isIn(entry, step.clientId, ['sending']) ? afterRefusal(entry, step) : [entry]));
    case 'unanswered':
      return changed(outbox, step.clientId, ['sending'], () => ({ state: { kind: 'queued' } }));
    case 'retried':
      return changed(outbox, step.clientId, ['failed'], () => ({ state: { kind: 'queued' } }));
    case 'edited':
      return changed(outbox, step.clientId, ['queued', 'sending', 'failed'], (entry) => afterEdit(entry, step));
    case 'deleted':
      return outbox.flatMap((entry) => (entry.clientId === step.clientId ? afterDeletion(entry) : [entry]));
    case 'attached':
      return withFiles(outbox, step.key, (files) =>
        files.map((file) => (file.key === step.key ? { ...file, attachment: step.attachment, file: undefined } : file)),
      );
    case 'detached':
      return withFiles(outbox, step.key, (files) => files.filter(({ key }) => key !== step.key));
    case 'change':
      return [...outbox.filter((entry) => !replaces(step.entry, entry)), step.entry];
    case 'settled':
      return without(outbox, step.clientId);
    case 'logged':
      return outbox.some(({ clientId, change }) => clientId === step.clientId && change !== undefined)
        ? outbox.map((entry) => (entry.clientId === step.clientId ? { ...entry, posted: step.seq } : entry))
        : without(outbox, step.clientId);
  }
}

function without(outbox: Outbox, clientId: string): Outbox {
  return outbox.some((entry) => entry.clientId === clientId)
    ? outbox.filter((entry) => entry.clientId !== clientId)
    : outbox;
}

/** The client puts what leaves at once into one frame: four of the longest messages fit into what a server takes. */
const sentAtOnce = 4;

/**
 * What may be sent now: of each channel and thread the first that isn't in the log yet. A message that was refused holds
 * what follows; a change that was doesn't.
 */
export function dueEntries(outbox: Outbox): OutboxEntry[] {
  const first = new Map<string, OutboxEntry>();
  for (const entry of outbox) {
    const queue = `${entry.channel} ${entry.thread?.root ?? ''}`;
    if (entry.state.kind === 'accepted' || (entry.state.kind === 'failed' && entry.posted !== undefined)) continue;
    if (!first.has(queue)) first.set(queue, entry);
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
  change: (entry: OutboxEntry) => Partial<OutboxEntry>,
): Outbox {
  return outbox.map((entry) => (isIn(entry, clientId, from) ? { ...entry, ...change(entry) } : entry));
}

function isIn(entry: OutboxEntry, clientId: string, states: OutboxState['kind'][]): boolean {
  return entry.clientId === clientId && states.includes(entry.state.kind);
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

/**
 * What was kept from before comes ahead of what was written since, unless it is there already. Whether it has left before
 * isn't known: the page may have ended between sending it and noting so.
 */
function restored(outbox: Outbox, entries: readonly OutboxEntry[]): Outbox {
  const known = new Set(outbox.map((entry) => entry.clientId));
  const back = entries.filter((entry) => !known.has(entry.clientId)).map((entry) => ({ ...entry, tried: true }));
  return back.length === 0 ? outbox : [...back, ...outbox].sort((a, b) => a.order - b.order);
}
