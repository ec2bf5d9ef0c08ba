import type { UseQueryOptions } from '@tanstack/react-query';
import { createContext, useContext, useSyncExternalStore } from 'react';
import type {
  LogStretch,
  Message,
  MessageVersions,
  Person,
  PicturesPage,
  SingleMessage,
} from '../../../shared/protocol.ts';
import type { Cell } from '../cell.ts';

/** Opens whatever chooses an emoji beside `anchor`; undefined where none was chosen. */
export type PickEmoji = (anchor: HTMLElement) => Promise<string | undefined>;

/** What can be asked of the server about one message. */
export type MessageCalls = {
  edit(message: Message, text: string): Promise<unknown>;
  remove(message: Message): Promise<unknown>;
  react(message: Message, emoji: string, on: boolean): Promise<unknown>;
  removePreview(message: number): Promise<unknown>;
  markUnread(message: Message): Promise<unknown>;
  versions(message: number): Promise<MessageVersions>;
  /** A channel's events after a seq. */
  stretch(channel: number, after: number): Promise<LogStretch>;
  /** A channel's pictures before or after a message, the nearest first. */
  pictures(channel: number, from: number, older: boolean): Promise<PicturesPage>;
  /**
   * Through which replica it came to this page, and when, unless it was loaded with the history; and for how long this
   * page waited for the answer, if it has sent it.
   */
  arrival(message: number): { replica?: string; at?: number; answeredAfterMs?: number } | undefined;
  pin(message: number, on: boolean): Promise<unknown>;
  save(message: number, on: boolean): Promise<unknown>;
};

export type SingleMessageQuery = (id: number) => UseQueryOptions<SingleMessage>;

export type MessageActions = {
  me: Person;
  calls: MessageCalls;
  /** As far as the page knows them. */
  personOf(member: number): Person | undefined;
  nameOf(member: number): string;
  /** The message whose text is being changed. */
  editing: Cell<number | undefined>;
  open(dialog: MessageDialog): void;
  /** Says briefly what has happened, or went wrong. */
  say(sentence: string): void;
  /** Sets or takes back my reaction; says so where that fails. */
  react(message: Message, emoji: string): void;
  pickEmoji: PickEmoji;
  /** Shows the replies to a message; not where they are shown already. */
  openThread?: ((root: number) => void) | undefined;
  /** What the next message answers; not where every message answers the same one. */
  quoting?: Cell<Message | undefined> | undefined;
  kept: KeptIds;
  queryMessage: SingleMessageQuery;
  forward(message: Message): void;
};

/** What is pinned in this channel, and what I saved. */
export type KeptIds = { pinned: ReadonlySet<number>; saved: ReadonlySet<number> };

export type MessageDialog = { kind: 'delete' | 'versions' | 'details' | 'text'; message: Message };

export const MessageActionsContext = createContext<MessageActions | undefined>(undefined);

export function useMessageActions(): MessageActions {
  const actions = useContext(MessageActionsContext);
  if (actions === undefined) throw new Error('Wrap this in a MessageActionsProvider.');
  return actions;
}

/** Changes only for the message that it concerns, however many rows ask. */
export function useIsEditing(message: Message | undefined): boolean {
  const { editing } = useMessageActions();
  return useSyncExternalStore(editing.subscribe, () => message !== undefined && editing.get() === message.id);
}

export function mayDelete(me: Person, message: Message): boolean {
  return message.author === me.id || me.role === 'owner' || me.role === 'admin';
}
