import type { LogEvent, Message, Person } from '../../../shared/protocol.ts';

/**
 * A message after an event. What its page already had, or what has come before, changes nothing: an event applies once,
 * from wherever the message was taken.
 */
export function messageAfter(message: Message, event: LogEvent): Message {
  if (event.seq <= (message.changedSeq ?? message.id)) return message;
  const changed = { ...message, changedSeq: event.seq };
  switch (event.kind) {
    case 'message-edited':
      return { ...changed, text: event.text, editedAt: event.at };
    case 'message-deleted': {
      const { editedAt: _, reactions: __, ...rest } = changed;
      return { ...rest, text: '', deletedBy: event.by };
    }
    case 'reaction-set': {
      const { reactions, ...rest } = changed;
      const { emoji, member, on } = event;
      const others = (reactions ?? []).filter((one) => one.emoji !== emoji || one.member !== member.id);
      const now = on ? [...others, { emoji, member: member.id }] : others;
      return now.length === 0 ? rest : { ...rest, reactions: now };
    }
    default:
      return message;
  }
}

/** The message that an event changes, if it changes one. */
export function changedMessage(event: LogEvent): number | undefined {
  return event.kind === 'message-edited' || event.kind === 'message-deleted' || event.kind === 'reaction-set'
    ? event.message
    : undefined;
}

/** Who is named for the first time by a change. */
export function personIn(event: LogEvent): Person | undefined {
  return event.kind === 'reaction-set' ? event.member : undefined;
}
