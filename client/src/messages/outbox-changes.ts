import type { OutboxEntry, OutboxStep } from './outbox.ts';

/** What will be read, whether the log says so already or not; undefined where nothing will. */
export function textAfter({ text, change }: OutboxEntry): string | undefined {
  return change?.kind === 'delete' ? undefined : change?.kind === 'edit' ? change.text : text;
}

/** It began as a wish about a message in the log. */
export function isChangeOnly({ posted, text, attachments = [] }: OutboxEntry): boolean {
  return posted !== undefined && text === '' && attachments.length === 0;
}

/** It isn't in the log, so what was to become of it can be had at once. */
export function afterRefusal(entry: OutboxEntry, step: Extract<OutboxStep, { kind: 'refused' }>): OutboxEntry[] {
  const { change, posted } = entry;
  if (posted === undefined && change?.kind === 'delete') return [];
  if (posted === undefined && change?.kind === 'edit') {
    const { text } = change;
    return [{ ...entry, clientId: step.next, text, state: { kind: 'queued' }, tried: false, change: undefined }];
  }
  return [{ ...entry, state: { kind: 'failed', reason: step.reason, details: step.details } }];
}

/** Where nobody knows whether it has arrived, the change goes after it. */
export function afterEdit(entry: OutboxEntry, step: Extract<OutboxStep, { kind: 'edited' }>): Partial<OutboxEntry> {
  const { state, posted, tried } = entry;
  if (posted !== undefined || (state.kind !== 'failed' && tried !== false)) {
    const change = { kind: 'edit', text: step.text } as const;
    return state.kind === 'failed' ? { change, state: { kind: 'queued' } } : { change };
  }
  const { text } = step;
  return state.kind === 'failed' ? { text, clientId: step.next, state: { kind: 'queued' }, tried: false } : { text };
}

/** A wish that isn't wanted any more is left out; a message that may be in the log is deleted there. */
export function afterDeletion(entry: OutboxEntry): OutboxEntry[] {
  const { state, tried, posted, change } = entry;
  if (state.kind === 'accepted') return [entry];
  const given = state.kind === 'failed' && (posted === undefined || change?.kind === 'delete');
  const never = posted === undefined && tried === false;
  if (given || never || (isChangeOnly(entry) && state.kind !== 'sending')) return [];
  return [{ ...entry, change: { kind: 'delete' }, state: state.kind === 'failed' ? { kind: 'queued' } : state }];
}

/** A later wish about the same message stands for the earlier one; one that is under way is left to end. */
export function replaces({ posted, change }: OutboxEntry, earlier: OutboxEntry): boolean {
  if (earlier.posted !== posted || posted === undefined || earlier.state.kind === 'sending') return false;
  const before = earlier.change;
  if (change?.kind === 'react') return before?.kind === 'react' && before.emoji === change.emoji;
  return change?.kind === 'delete' || before?.kind === change?.kind;
}
