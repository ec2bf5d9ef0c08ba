import type { Called, LogEvent, Message } from '../../../shared/protocol.ts';

/** Whether a message calls somebody: by name, or together with others. Nobody calls themselves. */
export function mentionsMember({ author, mentions }: Pick<Message, 'author' | 'mentions'>, member: number): boolean {
  if (mentions === undefined || author === member) return false;
  const named = mentions.people.some((one) => one.member === member);
  return named || mentions.channel === true || (mentions.here?.includes(member) ?? false);
}

/** Where a message called somebody, and by its edit or deletion no longer does; undefined where it never did, or still does. */
export function calledOnce(
  event: Extract<LogEvent, { kind: 'message-deleted' | 'message-edited' }>,
  member: number,
): Called | undefined {
  const { called } = event;
  if (called === undefined || called.author === member) return undefined;
  if (!called.members.some((one) => one === 0 || one === member)) return undefined;
  const still = event.kind === 'message-edited' && mentionsMember({ ...event, author: called.author }, member);
  return still ? undefined : called;
}
