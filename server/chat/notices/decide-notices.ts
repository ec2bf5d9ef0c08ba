import { noticeReason } from '../../../shared/notice-rules.ts';
import type { LogEvent, Message } from '../../../shared/protocol.ts';
import { isQuiet } from '../../../shared/quiet-times.ts';
import { foldName } from '../../../shared/text-rules.ts';
import type { MutationOf } from '../store/mutations.ts';
import type { NoticedMessage, NoticeListener } from '../store/notices.ts';
import type { StoredEvent } from '../store/store.ts';

type Due = MutationOf<'add-due-notices'>['due'];

/** The messages of a stretch of the log. */
export function messagesIn(events: StoredEvent[]): Message[] {
  return events
    .filter(({ kind }) => kind === 'message-posted')
    .flatMap(({ payload }) => {
      const event = JSON.parse(payload) as LogEvent;
      return event.kind === 'message-posted' ? [event.message] : [];
    });
}

/** Pure: what is to come to which device, gathered by place. */
export function dueFor(messages: Message[], listeners: NoticeListener[], now: number): Due {
  const byChannel = Map.groupBy(listeners, ({ channel }) => channel);
  const due = new Map<string, Due[number]>();
  for (const message of messages) {
    const folded = foldName(message.text);
    for (const listener of byChannel.get(message.channel) ?? []) {
      if (!isDue(message, listener, now, folded)) continue;
      const thread = message.number === 0 ? (message.thread ?? 0) : 0;
      const key = `${listener.device} ${message.channel} ${thread}`;
      const known = due.get(key) ?? {
        device: listener.device,
        channel: message.channel,
        thread,
        messages: [],
        count: 0,
      };
      known.messages.push(message.id);
      known.count += 1;
      due.set(key, known);
    }
  }
  return [...due.values()];
}

type Told = Pick<
  NoticedMessage,
  'id' | 'number' | 'author' | 'text' | 'mentions' | 'deletedBy' | 'thread' | 'threadNumber'
>;

/** Pure: whether a device is to show a message, as things stand now. */
export function isDue(message: Told, listener: NoticeListener, now: number, folded?: string): boolean {
  if (message.id <= listener.since || isRead(message, listener)) return false;
  const { settings, threads } = listener;
  const follows = message.thread !== undefined && threads.has(message.thread);
  if (noticeReason(message, { ...listener, follows, keywords: settings.keywords }, folded) === undefined) return false;
  return !isQuiet(settings, now);
}

/** In its channel, or in its thread, whichever was looked at. */
function isRead({ number, thread, threadNumber = 0 }: Told, { readNumber, threads }: NoticeListener): boolean {
  if (number > 0 && number <= readNumber) return true;
  const readThere = thread === undefined ? undefined : threads.get(thread);
  return readThere !== undefined && threadNumber <= readThere;
}
