import type { Message } from '../../../shared/protocol.ts';

/** Whether a message calls somebody: by name, or together with others. Nobody calls themselves. */
export function mentionsMember({ author, mentions }: Pick<Message, 'author' | 'mentions'>, member: number): boolean {
  if (mentions === undefined || author === member) return false;
  const named = mentions.people.some((one) => one.member === member);
  return named || mentions.channel === true || (mentions.here?.includes(member) ?? false);
}
