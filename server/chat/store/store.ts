import type { z } from 'zod';
import type { Attachment } from '../../../shared/attachment.ts';
import type {
  ChannelDirectory,
  Draft,
  Invite,
  InviteDetails,
  InvitesEnding,
  ListedSession,
  LogStretch,
  MentionsInput,
  MentionsPage,
  MessagePage,
  MessageVersions,
  PageInput,
  PasswordLinkDetails,
  PasswordReset,
  PeoplePage,
  Person,
  PicturesInput,
  PicturesPage,
  PinList,
  Profile,
  Role,
  SavedList,
  SearchMembers,
  SearchMessages,
  SearchPage,
  SingleMessage,
  Status,
  StatusList,
  StretchInput,
  ThreadList,
  ThreadPage,
  WorkspaceSnapshot,
} from '../../../shared/protocol.ts';
import type { RefusalReason } from '../../../shared/refusals.ts';
import type { MutationKind, MutationOf, Mutations, NoticeKey, Variant } from './mutations.ts';
import type { DueNotice, NoticeListener, NoticeWork } from './notices.ts';

/** An event as the log keeps it: `payload` is the whole event as JSON, ready for the wire. */
export type StoredEvent = {
  seq: number;
  /** `channel:1`, `member:1` or `workspace`. */
  stream: string;
  kind: string;
  payload: string;
};

/** All that one commit appended, in order; `after` is where the log ended before it, and nothing lies between. */
export type Appended = { after: number; events: StoredEvent[] };

/** `from` is the oldest cursor that can still be served: events with a greater seq are all there. */
export type LogRange = { log: string; from: number; head: number };

/**
 * The streams that a member may read, of one moment of the log: how far each goes, and after which seq its events are
 * theirs to see.
 */
export type MemberStreams = LogRange & { heads: Record<string, number>; since: Map<string, number> };

export type Session = {
  id: number;
  member: Person;
  expiresAt: number;
  /** When it was last noted that a device used it. */
  usedAt: number;
  /**
   * When its secret was last replaced, in ms. Where it was asked for by the secret before that: undefined, or 0 if the
   * new one should have arrived long ago.
   */
  renewedAt: number | undefined;
  /** Asked for by a new secret for the first time. */
  unconfirmed: boolean;
};

export type Upload = {
  id: string;
  member: number;
  name: string;
  /** As announced. */
  bytes: number;
  state: 'uploading' | 'received' | 'ready' | 'refused';
  refusal?: RefusalReason;
  /** Where it is ready. */
  attachment?: Attachment;
};

/** A file with where its bytes are: itself, and of a picture its smaller ones. */
export type ReadableFile = { attachment: Attachment; contents: Map<Variant, { key: string; bytes: number }> };

/** At most one place is named; without any it is the newest messages. */
export type PageQuery = z.output<typeof PageInput>;
export type StretchQuery = z.output<typeof StretchInput>;
export type MentionsQuery = z.output<typeof MentionsInput>;
export type PicturesQuery = z.output<typeof PicturesInput>;
export type SearchMessagesQuery = z.output<typeof SearchMessages>;

/** The next messages for the search's index, with their words; `due` where there is anything to do, `more` than these. */
export type Unindexed = Omit<MutationOf<'index-messages'>, 'kind' | 'holder' | 'forMs'> & {
  due: boolean;
  more: boolean;
};

/**
 * The log and the tables that it keeps true. `seq` is opaque, ordered, with holes; an event that can be read is
 * durable, and none with a smaller seq appears later. Every method rejects with a `Refusal` where it may say no.
 */
export type Store = {
  readonly log: string;

  /** Resolves once the mutation is committed durably. */
  write<K extends MutationKind>(mutation: MutationOf<K>): Promise<Mutations[K]['result']>;

  /** A hint that another replica has just committed so many mutations: whatever was in this one's way may be gone. */
  othersCommitted(replica: string, size: number): void;

  /** Ascending, at most `limit`. */
  readAfter(seq: number, limit: number): Promise<StoredEvent[]>;
  range(): Promise<LogRange>;
  /** Resolves to a number that differs whenever another process has committed since. */
  version(): Promise<number>;

  status(): Promise<Exclude<Status, { state: 'signed-in' }> | { state: 'ready'; workspace: string }>;
  /** The one-time token while the workspace has no owner. */
  setUpToken(): Promise<string | undefined>;
  session(secretHash: string): Promise<Session | undefined>;
  /** As of now; undefined where they were removed. */
  role(member: number): Promise<Role | undefined>;
  /** The member whose session this was, where they have been removed. */
  removed(secretHash: string): Promise<number | undefined>;
  /** The member whose session this was, where another of their devices has ended it. */
  ended(secretHash: string): Promise<number | undefined>;
  sessions(session: Session): Promise<ListedSession[]>;
  /** Also for names that don't exist: undefined. */
  credentials(name: string): Promise<{ member: number; passwordHash: string } | undefined>;
  /** For whom a link to a new password is, by the hash of its secret. */
  passwordLink(secretHash: string): Promise<PasswordLinkDetails>;
  /** The last times that a member's password was set by a link, the last one first. */
  passwordResets(member: number): Promise<PasswordReset[]>;
  inviteDetails(code: string): Promise<InviteDetails>;

  /** Whether messages of somebody who was removed are still to be deleted. */
  purgeDue(): Promise<boolean>;
  /** Whether mentions in threads are there that aren't counted with them yet. */
  mentionsUnplaced(): Promise<boolean>;
  /** The channel of the lab that is open, if one is. */
  openLab(): Promise<number | null>;
  /** Whether a lab is over and has left something. */
  labIsOver(): Promise<boolean>;
  /** How far the log has been looked through for links. */
  previewedTo(): Promise<number>;

  noticeKey(): Promise<NoticeKey | undefined>;
  /** What there is to do about notices, and whether somebody else is at it. */
  noticeWork(holder: string, now: number): Promise<NoticeWork>;
  /** Who may be told of what is said there, by each device of theirs. */
  noticeListeners(places: { channels: number[]; threads: number[] }, now: number): Promise<NoticeListener[]>;
  /** What is due by now, one a device. */
  dueNotices(now: number, limit: number): Promise<DueNotice[]>;
  unindexed(limit: number): Promise<Unindexed>;
  /** How many seqs the search's index is behind the last message. */
  searchLag(): Promise<number>;
  upload(id: string): Promise<Upload | undefined>;
  /** Uploads that are to be made files of. */
  received(limit: number): Promise<Upload[]>;
  /** Where that member may read it now. */
  file(member: number, id: string): Promise<ReadableFile | undefined>;
  /** Keys of what is to be taken from the volume. */
  doomed(limit: number): Promise<string[]>;
  /** Of these ids those of uploads that aren't files yet, and of these keys those that files have. */
  known(names: { uploads: string[]; keys: string[] }): Promise<Set<string>>;

  streams(member: number): Promise<MemberStreams>;
  workspace(member: number): Promise<WorkspaceSnapshot>;
  directory(member: number): Promise<ChannelDirectory>;
  people(member: number, search: SearchMembers): Promise<PeoplePage>;
  profile(me: number, member: number): Promise<Profile>;
  statuses(): Promise<StatusList>;
  avatar(id: string): Promise<Buffer | undefined>;
  /** All of a member's, or the one of a place. */
  drafts(member: number, place?: { channel: number; thread?: number | undefined }): Promise<Draft[]>;
  invites(member: number): Promise<Invite[]>;
  /** What `author` would end by removing that member. */
  invitesEnding(removal: { author: number; member: number }): Promise<InvitesEnding>;
  page(member: number, query: PageQuery): Promise<MessagePage>;
  stretch(member: number, query: StretchQuery): Promise<LogStretch>;
  threadPage(
    member: number,
    query: { thread: number; before?: number | undefined; limit: number },
  ): Promise<ThreadPage>;
  message(member: number, id: number): Promise<SingleMessage>;
  pictures(member: number, query: PicturesQuery): Promise<PicturesPage>;
  pins(member: number, channel: number): Promise<PinList>;
  saved(member: number): Promise<SavedList>;
  threads(member: number): Promise<ThreadList>;
  mentions(member: number, query: MentionsQuery): Promise<MentionsPage>;
  search(member: number, query: SearchMessagesQuery): Promise<SearchPage>;
  versions(member: number, message: number): Promise<MessageVersions>;

  close(): Promise<void>;
};
