import type { Message, Reaction } from '../../../shared/protocol.ts';
import type { Outbox, OutboxEntry } from './outbox.ts';

/** By message, what waits in the outbox to be changed about it. */
export function wishesOf(waiting: Outbox): ReadonlyMap<number, readonly OutboxEntry[]> {
  const wishes = new Map<number, OutboxEntry[]>();
  for (const entry of waiting)
    if (entry.posted !== undefined) wishes.set(entry.posted, [...(wishes.get(entry.posted) ?? []), entry]);
  return wishes;
}

/** A message as it will be once that is in the log. What was refused stays as it is, but for a text, which isn't lost. */
export function messageWith(message: Message, wishes: readonly OutboxEntry[], me: number): Message {
  const shown = { ...message };
  for (const { change, state } of wishes) {
    if (change?.kind === 'edit') shown.text = change.text;
    if (change === undefined || state.kind === 'failed') continue;
    if (change.kind === 'delete') Object.assign(shown, { text: '', deletedBy: me });
    if (change.kind === 'react') shown.reactions = withReaction(shown.reactions ?? [], { ...change, member: me });
  }
  return shown;
}

function withReaction(reactions: Reaction[], { emoji, member, on }: Reaction & { on: boolean }): Reaction[] {
  const others = reactions.filter((one) => one.emoji !== emoji || one.member !== member);
  return on ? [...others, { emoji, member }] : others;
}

/** What the message's own row tells of. */
export function wishShown(wishes: readonly OutboxEntry[]): OutboxEntry | undefined {
  return wishes.findLast(
    ({ change, state }) => change?.kind === 'edit' || (change?.kind === 'delete' && state.kind === 'failed'),
  );
}
