import type { Recipient } from '../../../shared/notice-rules.ts';
import type { Message, NoticeSettings, PushSubscription } from '../../../shared/protocol.ts';
import type { NoticePlace } from './mutations.ts';

export type NoticeWork = {
  /** How far the log was looked through, and how far it goes. */
  seq: number;
  head: number;
  /** Whether there is anybody to push to at all. */
  devices: boolean;
  /** When the next notice is to be sent, in ms since 1970. */
  dueAt: number | undefined;
  /** Until when another replica is at it. */
  heldUntil: number | undefined;
};

/** A device, and how its owner wants to be told of one channel. */
export type NoticeListener = Omit<Recipient, 'keywords' | 'follows'> & {
  device: number;
  channel: number;
  /** Messages after this seq: the device wasn't there before, or its owner not in the channel. */
  since: number;
  readNumber: number;
  settings: NoticeSettings;
  /** The threads that they follow, and how far they have read each. */
  threads: Map<number, number>;
};

/** A message as a notice needs it. */
export type NoticedMessage = Pick<
  Message,
  'id' | 'number' | 'author' | 'text' | 'mentions' | 'deletedBy' | 'thread' | 'attachments'
> & {
  threadNumber?: number | undefined;
  authorName: string;
};

/** A notice that is to go out now. Without a listener its owner may not be told of that place any more. */
export type DueNotice = NoticePlace & {
  device: number;
  subscription: PushSubscription;
  /** How often in a row the device couldn't be reached. */
  failures: number;
  settings: NoticeSettings;
  count: number;
  messages: NoticedMessage[];
  listener: NoticeListener | undefined;
  /** How the place is called, and how many are in it where it is a direct conversation. */
  placeName: string;
  people: number;
  /** What the device shows of it already, up to that message. */
  shown: number;
  /** Notices that it still shows of what was read since. */
  withdrawn: NoticePlace[];
};
