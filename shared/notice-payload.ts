/** What is pushed to a device, sealed for it: no more than a notice shows, and where it leads. */
export type NoticePayload = MessageNotice | { kind: 'test'; language: 'en' | 'es'; sound: boolean };

export type MessageNotice = {
  kind: 'message';
  /** The next one of the same place takes its place. */
  tag: string;
  channel: number;
  message: number;
  author: string;
  /** Empty in a conversation between two. */
  place: string;
  /** Empty where it isn't to be shown, or there is none. */
  text: string;
  /** How many messages it stands for. */
  count: number;
  language: 'en' | 'es';
  sound: boolean;
  /** The tags of others that were read elsewhere since. */
  withdrawn: string[];
};
