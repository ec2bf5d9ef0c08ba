import type { LogEvent, Message, Person } from '../../../shared/protocol.ts';

const repliersShown = 3;

/**
 * A message after an event. What its page already had, or what has come before, changes nothing: an event applies once,
 * from wherever the message was taken.
 */
export function messageAfter(message: Message, event: LogEvent): Message {
  if (event.seq <= (message.changedSeq ?? message.id)) return message;
  const changed = { ...message, changedSeq: event.seq };
  switch (event.kind) {
    case 'message-edited': {
      const { preview: _, mentions: __, ...rest } = changed;
      const { mentions } = event;
      return { ...rest, text: event.text, editedAt: event.at, ...(mentions && { mentions }) };
    }
    case 'message-previewed': {
      const { preview: _, ...rest } = changed;
      return event.preview === null ? rest : { ...rest, preview: event.preview };
    }
    case 'message-posted': {
      const { author, at } = event.message;
      const { count, members } = message.replies ?? { count: 0, members: [] };
      const others = members.filter((member) => member !== author);
      return {
        ...changed,
        replies: { count: count + 1, lastAt: at, members: [author, ...others].slice(0, repliersShown) },
      };
    }
    case 'message-deleted': {
      // What it replied to has one reply fewer.
      if (event.message !== message.id)
        return message.replies
          ? { ...changed, replies: { ...message.replies, count: message.replies.count - 1 } }
          : changed;
      const { editedAt: _, reactions: __, preview: ___, mentions: ____, attachments: _____, ...rest } = changed;
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

/** The messages that an event changes: of a reply, also the one that it replies to. */
export function changedMessages(event: LogEvent): number[] {
  switch (event.kind) {
    case 'message-posted':
      return event.message.thread === undefined ? [] : [event.message.thread];
    case 'message-deleted':
      return event.thread === undefined ? [event.message] : [event.message, event.thread];
    case 'message-edited':
    case 'message-previewed':
    case 'reaction-set':
      return [event.message];
    default:
      return [];
  }
}

/** Who is named, perhaps for the first time, by a message or a change. */
export function peopleIn(event: LogEvent): Person[] {
  if (event.kind === 'reaction-set') return [event.member];
  if (event.kind === 'message-edited') return event.mentioned ?? [];
  return event.kind === 'message-posted' ? [event.author, ...(event.mentioned ?? [])] : [];
}
