import type { LogEvent } from '../../../../shared/protocol.ts';

/** A message as it stood at some point of the log. */
export type ReplayedMessage = {
  id: number;
  author: string;
  at: number;
  replica: string;
  text: string;
  files: readonly string[];
  edited: boolean;
  /** By then, or since: its text is gone from the log. */
  gone: boolean;
  reactions: ReadonlyMap<string, ReadonlySet<number>>;
};

export type Replayed = ReadonlyMap<number, ReplayedMessage>;

/** Events that change what is seen; the others are passed over. */
export function isSeen({ kind }: LogEvent): boolean {
  return ['message-posted', 'message-edited', 'message-deleted', 'reaction-set'].includes(kind);
}

/** Pure: what there was to be seen after these events. */
export function replay(events: readonly LogEvent[]): Replayed {
  const messages = new Map<number, ReplayedMessage>();
  const change = (id: number, to: (message: ReplayedMessage) => Partial<ReplayedMessage>) => {
    const before = messages.get(id);
    if (before !== undefined) messages.set(id, { ...before, ...to(before) });
  };
  for (const event of events)
    switch (event.kind) {
      case 'message-posted': {
        const { id, at, replica, text, attachments = [] } = event.message;
        const files = attachments.map(({ name }) => name);
        const gone = text === '' && files.length === 0;
        const message = { id, at, replica, text, files, gone, author: event.author.name, edited: false };
        messages.set(id, { ...message, reactions: new Map() });
        break;
      }
      case 'message-edited':
        change(event.message, ({ gone }) => ({ text: event.text, edited: !gone }));
        break;
      case 'message-deleted':
        change(event.message, () => ({ text: '', files: [], gone: true, reactions: new Map() }));
        break;
      case 'reaction-set':
        change(event.message, ({ reactions }) => ({ reactions: withReaction(reactions, event) }));
        break;
      default:
    }
  return messages;
}

function withReaction(
  before: ReplayedMessage['reactions'],
  { emoji, member, on }: Extract<LogEvent, { kind: 'reaction-set' }>,
): ReplayedMessage['reactions'] {
  const members = new Set(before.get(emoji));
  if (on) members.add(member.id);
  else members.delete(member.id);
  const after = new Map(before).set(emoji, members);
  if (members.size === 0) after.delete(emoji);
  return after;
}

const longestPauseMs = 3_000;
const shortestMs = 40;

/** How long to wait before the event at `index`: as long as it took, but for long silences, and `speed` times faster. */
export function pauseBefore(events: readonly LogEvent[], index: number, speed: number): number {
  const took = (events[index]?.at ?? 0) - (events[index - 1]?.at ?? events[index]?.at ?? 0);
  return Math.max(shortestMs, Math.min(longestPauseMs, Math.max(0, took)) / speed);
}
