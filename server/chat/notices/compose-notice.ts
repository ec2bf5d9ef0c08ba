import type { NoticePayload } from '../../../shared/notice-payload.ts';
import { noticeReason, noticeTag, noticeText } from '../../../shared/notice-rules.ts';
import type { DueNotice } from '../store/notices.ts';
import { isDue } from './decide-notices.ts';

export type ComposedNotice = { payload: NoticePayload; urgency: 'high' | 'normal'; topic: string };

/** Pure: what goes out of a notice that is due, as things stand now; undefined where nothing is left to be told. */
export function composeNotice(notice: DueNotice, now: number): ComposedNotice | undefined {
  const { subscription, settings, channel, thread, listener, placeName, people } = notice;
  const { language } = subscription;
  const { sound, hideText, keywords } = settings;
  if (channel === 0) return { payload: { kind: 'test', language, sound }, urgency: 'high', topic: 'test' };
  if (listener === undefined) return undefined;
  const told = notice.messages.filter((message) => message.id > notice.shown && isDue(message, listener, now));
  const last = told.at(-1);
  if (last === undefined) return undefined;
  const tag = noticeTag(channel, thread === 0 ? undefined : thread);
  const reasons = told.map((message) => noticeReason(message, { ...listener, follows: true, keywords }));
  return {
    urgency: reasons.every((reason) => reason === 'channel' || reason === 'thread') ? 'normal' : 'high',
    topic: tag,
    payload: {
      kind: 'message',
      ...{ tag, channel, message: last.id, author: last.authorName, language, sound },
      place: !listener.direct ? `#${placeName}` : people > 2 ? placeName : '',
      text: hideText ? '' : noticeText(last.text, last.attachments),
      count: notice.count - notice.messages.length + told.length,
      withdrawn: notice.withdrawn.map((place) => noticeTag(place.channel, place.thread || undefined)),
    },
  };
}
