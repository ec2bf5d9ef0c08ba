/**
 * The whole wire between the page and a replica: what is asked, what is answered, and what the log tells.
 * The page imports types only from here; zod stays on the server.
 */
import { z } from 'zod';
import { type Attachment, Attachments, FileId } from './attachment.ts';
import {
  addPeopleLimit,
  attachmentsLimit,
  directPeopleLimit,
  draftTextLimit,
  inviteUsesLimit,
  keywordLengthLimit,
  keywordsLimit,
  memberNameLimit,
  messageTextLimit,
  pageLimit,
  peoplePageLimit,
  quietHoursLimit,
  searchNamesLimit,
  searchPageLimit,
  sectionNameLimit,
  sectionsLimit,
} from './limits.ts';
import { searchedThings } from './search-query.ts';

/** Named in every hello; it rises when a client of the version before could misread what it is told. */
export const protocolVersion = 1;

// Identities

/** Position in the log: opaque, ordered, with holes. */
export const Seq = z.number().int().nonnegative();
export const ChannelId = z.number().int().positive();
export const MemberId = z.number().int().positive();
/** Minted by the browser, so that a retry is harmless: 128 random bits, base64url. */
export const ClientId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
/** `<log id>.<seq>`: what a client resumes from; of no use in another log. */
export const Cursor = z.string().regex(/^[a-z0-9]{12}\.\d{1,15}$/);
/** Every event belongs to one of these and names the event before it there. */
export const Stream = z
  .templateLiteral(['channel:', z.int()])
  .or(z.templateLiteral(['member:', z.int()]))
  .or(z.literal('workspace'));
export type Stream = z.infer<typeof Stream>;

// Things

export const Role = z.enum(['owner', 'admin', 'member', 'guest']);
export type Role = z.infer<typeof Role>;

/** `former`: removed from here; what they wrote still names them. */
export const Person = z.object({
  id: MemberId,
  name: z.string(),
  role: Role,
  /** Their picture is `/files/avatars/<avatar>`; without one there are their initials. */
  avatar: z.string().optional(),
  former: z.literal(true).optional(),
});
export type Person = z.infer<typeof Person>;

/** What somebody is up to; over at `until`, on every page by itself. */
export const PersonStatus = z.object({ emoji: z.string(), text: z.string(), until: z.number().int().optional() });
export type PersonStatus = z.infer<typeof PersonStatus>;

/** One person's reaction; a message's stand in the order in which they were set. */
export const Reaction = z.object({ emoji: z.string(), member: MemberId });
export type Reaction = z.infer<typeof Reaction>;

/** What a message's link leads to, in the page's own words; `url` is where it ended. */
export const LinkPreview = z.object({
  url: z.string(),
  title: z.string(),
  description: z.string().optional(),
  site: z.string().optional(),
});
export type LinkPreview = z.infer<typeof LinkPreview>;

/** Whose words a forwarded message has; `from` where they were written in a public channel. */
export const Forwarded = z.object({
  author: MemberId,
  name: z.string(),
  at: z.number().int(),
  from: z.object({ channel: ChannelId, message: Seq }).optional(),
});
export type Forwarded = z.infer<typeof Forwarded>;

/** Whom a message mentions; `text` is what was typed for somebody behind the @, whatever they are called now. */
export const Mentions = z.object({
  people: z.array(z.object({ member: MemberId, text: z.string() })),
  /** Everyone who was in the channel. */
  channel: z.literal(true).optional(),
  /** Those of them who were online. */
  here: z.array(MemberId).optional(),
});
export type Mentions = z.infer<typeof Mentions>;

/**
 * Whom a message called, and now doesn't (0: everyone in its channel): by its number there or, where that is 0, by its
 * number in its thread.
 */
export const Called = z.object({
  number: z.number().int().nonnegative(),
  author: MemberId,
  members: z.array(z.number().int()),
  thread: Seq.optional(),
  threadNumber: z.number().int().positive().optional(),
});
export type Called = z.infer<typeof Called>;

export const Message = z.object({
  /** The seq of the event that posted it. */
  id: Seq,
  channel: ChannelId,
  /** 1, 2, 3 … within its channel: unread counts are differences of these. 0: it is in its thread alone. */
  number: z.number().int().nonnegative(),
  author: MemberId,
  clientId: ClientId,
  text: z.string(),
  /** Milliseconds since 1970, by the accepting replica's clock. */
  at: z.number().int(),
  /** The replica that accepted it. */
  replica: z.string(),
  /** When its text was last changed. */
  editedAt: z.number().int().optional(),
  /** Who deleted it: it keeps its place and its number, and has no text, no earlier texts and no reactions. */
  deletedBy: MemberId.optional(),
  reactions: z.array(Reaction).optional(),
  preview: LinkPreview.optional(),
  /** The message that it replies to, and its place, 1, 2, 3 …, among the replies. */
  thread: Seq.optional(),
  threadNumber: z.number().int().positive().optional(),
  /** The message of the same channel that it answers. */
  quotes: Seq.optional(),
  forwarded: Forwarded.optional(),
  /** To this message; `members` are the last who replied, newest first. */
  replies: z.object({ count: z.number().int(), lastAt: z.number().int(), members: z.array(MemberId) }).optional(),
  mentions: Mentions.optional(),
  /** In the order in which they were attached; with some of them the text may be empty. */
  attachments: Attachments.optional(),
  /** The seq of the event that last changed any of this: what a page says of it and what came live are told apart. */
  changedSeq: Seq.optional(),
});
export type Message = z.infer<typeof Message>;

export const Channel = z.object({
  id: ChannelId,
  name: z.string(),
  topic: z.string(),
  description: z.string(),
  private: z.boolean(),
  /** A conversation between the same few people for ever; it is private, and is called by their names. */
  direct: z.boolean(),
  /** Read-only, and out of the way. */
  archived: z.boolean(),
  createdAt: z.number().int(),
});
export type Channel = z.infer<typeof Channel>;

export const NotificationLevel = z.enum(['all', 'mentions', 'nothing']);
export type NotificationLevel = z.infer<typeof NotificationLevel>;

/** What a channel is to one of its members, the same on all of their devices. */
export const Membership = z.object({
  /** Looks after the channel: renames and archives it, removes people. */
  owner: z.boolean(),
  level: NotificationLevel,
  muted: z.boolean(),
  favourite: z.boolean(),
  /** The member's own section of the sidebar; one that is gone counts as none. */
  section: ClientId.nullable(),
  /** A direct conversation was closed at this message, and is out of the sidebar until the next one. */
  closedNumber: z.number().int().nullable(),
});
export type Membership = z.infer<typeof Membership>;

/** A channel that I belong to: `lastNumber - readNumber` messages are unread. */
export const JoinedChannel = Channel.extend({
  lastNumber: z.number().int().nonnegative(),
  readNumber: z.number().int().nonnegative(),
  /** How often I have put `readNumber` back. */
  readGeneration: z.number().int().nonnegative(),
  /** Unread messages that mention me. */
  mentions: z.number().int().nonnegative(),
  membership: Membership,
  /** Of a direct conversation the others in it, whose names its name is made of. */
  people: z.array(Person),
});
export type JoinedChannel = z.infer<typeof JoinedChannel>;

/** How somebody has arranged their sidebar. */
export const Sidebar = z.object({
  sections: z.array(z.object({ id: ClientId, name: z.string().max(sectionNameLimit) })).max(sectionsLimit),
  /** `favourites`, `channels`, `direct`, or the id of a section. */
  collapsed: z.array(z.string().max(22)).max(sectionsLimit + 3),
  unreadFirst: z.boolean(),
});
export type Sidebar = z.infer<typeof Sidebar>;

const MinuteOfDay = z.number().int().min(0).max(1_439);

/** Every week: on these days (1 is Monday) from one minute of the day to the next, over midnight where that is earlier. */
export const QuietHours = z.object({
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
  from: MinuteOfDay,
  to: MinuteOfDay,
});
export type QuietHours = z.infer<typeof QuietHours>;

/** How somebody wants to be noticed, the same on all of their devices. */
export const NoticeSettings = z.object({
  keywords: z.array(z.string().min(1).max(keywordLengthLimit)).max(keywordsLimit),
  /** Do not disturb until then, in ms since 1970; 0 for never. */
  quietUntil: z.number().int().min(0).max(8_640_000_000_000_000),
  quietHours: z.array(QuietHours).max(quietHoursLimit),
  /** Of the quiet hours, such as `Europe/Madrid`. */
  timeZone: z.string().max(64),
  hideText: z.boolean(),
  sound: z.boolean(),
});
export type NoticeSettings = z.infer<typeof NoticeSettings>;

/** A thread that I follow: `lastNumber - readNumber` replies are unread, and `mentions` of those that are in it alone call me. */
export const FollowedThread = z.object({
  root: Seq,
  channel: ChannelId,
  lastNumber: z.number().int().nonnegative(),
  readNumber: z.number().int().nonnegative(),
  lastAt: z.number().int(),
  mentions: z.number().int().nonnegative(),
});
export type FollowedThread = z.infer<typeof FollowedThread>;

export const ListedChannel = Channel.extend({ members: z.number().int(), joined: z.boolean() });
export type ListedChannel = z.infer<typeof ListedChannel>;

export const Invite = z.object({
  id: z.number().int(),
  /** The link is `<origin>/join/<code>`. */
  code: z.string(),
  guests: z.boolean(),
  uses: z.number().int(),
  maximumUses: z.number().int(),
  expiresAt: z.number().int(),
  createdBy: MemberId,
});
export type Invite = z.infer<typeof Invite>;

// What the log tells

const EventBody = z.discriminatedUnion('kind', [
  /** In the channel's stream. */
  z.object({
    kind: z.literal('message-posted'),
    message: Message,
    author: Person,
    mentioned: z.array(Person).optional(),
  }),
  z.object({
    kind: z.literal('message-edited'),
    channel: ChannelId,
    message: Seq,
    text: z.string(),
    mentions: Mentions.optional(),
    mentioned: z.array(Person).optional(),
    /** The earlier events that had its preview. */
    emptied: z.array(Seq).optional(),
    /** Without those whom the new text names. */
    called: Called.optional(),
  }),
  /** `emptied` are the earlier events that had its text; wherever they are kept, it is taken out of them. */
  z.object({
    kind: z.literal('message-deleted'),
    channel: ChannelId,
    message: Seq,
    by: MemberId,
    emptied: z.array(Seq),
    /** Where it was a reply: what it replied to. */
    thread: Seq.optional(),
    called: Called.optional(),
  }),
  /** Some time after its message, or null where its author took it away. An edit takes it away too. */
  z.object({
    kind: z.literal('message-previewed'),
    channel: ChannelId,
    message: Seq,
    preview: LinkPreview.nullable(),
    emptied: z.array(Seq).optional(),
  }),
  z.object({ kind: z.literal('pin-set'), channel: ChannelId, message: Seq, by: Person, on: z.boolean() }),
  z.object({
    kind: z.literal('reaction-set'),
    channel: ChannelId,
    message: Seq,
    emoji: z.string(),
    member: Person,
    on: z.boolean(),
  }),
  z.object({ kind: z.literal('channel-member-joined'), channel: ChannelId, member: Person }),
  z.object({ kind: z.literal('channel-member-left'), channel: ChannelId, member: MemberId }),
  /** In the person's own stream: from here on I see that channel's events, or no longer do. */
  z.object({ kind: z.literal('channel-joined'), channel: JoinedChannel }),
  z.object({ kind: z.literal('channel-left'), channel: ChannelId }),
  z.object({ kind: z.literal('membership-changed'), channel: ChannelId, membership: Membership }),
  z.object({ kind: z.literal('sidebar-changed'), sidebar: Sidebar }),
  z.object({ kind: z.literal('notices-changed'), notices: NoticeSettings }),
  /** `mentions` are unread from there on. */
  z.object({
    kind: z.literal('channel-read'),
    channel: ChannelId,
    readNumber: z.number().int(),
    readGeneration: z.number().int(),
    mentions: z.number().int(),
  }),
  z.object({ kind: z.literal('saved-set'), channel: ChannelId, message: Seq, on: z.boolean() }),
  z.object({ kind: z.literal('thread-followed'), thread: FollowedThread }),
  z.object({ kind: z.literal('thread-unfollowed'), root: Seq }),
  /** `mentions` are unread from there on. */
  z.object({
    kind: z.literal('thread-read'),
    root: Seq,
    readNumber: z.number().int(),
    mentions: z.number().int(),
  }),
  /** A session of mine ended; replicas close its sockets. `session` is its public id, not its secret. */
  z.object({ kind: z.literal('session-ended'), session: z.number().int() }),
  /** In the workspace's stream: public channels only. */
  z.object({ kind: z.literal('channel-created'), channel: Channel, by: MemberId }),
  /** Its name, topic, description, or that it is archived: in the workspace's stream, of a private one in its own. */
  z.object({ kind: z.literal('channel-changed'), channel: Channel, by: MemberId }),
  z.object({ kind: z.literal('member-joined'), member: Person }),
  /** As they are from now on: another name, picture or role, or a former member. What else they say of themselves is asked for. */
  z.object({ kind: z.literal('member-changed'), member: Person, by: MemberId }),
  z.object({ kind: z.literal('workspace-renamed'), name: z.string(), by: MemberId }),
  z.object({ kind: z.literal('status-set'), member: MemberId, status: PersonStatus.nullable() }),
  /** In the person's own stream, without the text: that is asked for. */
  z.object({ kind: z.literal('draft-changed'), channel: ChannelId, thread: Seq.optional() }),
]);
export type EventBody = z.infer<typeof EventBody>;

/** One event of the log. A `previous` that isn't the last seq seen in its stream shows a hole. */
export const LogEvent = z.intersection(
  EventBody,
  z.object({ seq: Seq, stream: Stream, previous: Seq, at: z.number().int(), replica: z.string() }),
);
export type LogEvent = z.infer<typeof LogEvent>;

/** What a replica says of the connection itself. Clients ignore kinds that they don't know. */
export const Notice = z.discriminatedUnion('kind', [
  /** First frame: who answers, and how far each of my streams goes (`head` and `heads` are of the same moment). */
  z.object({
    kind: z.literal('hello'),
    protocol: z.number().int(),
    version: z.string(),
    log: z.string(),
    replica: z.string(),
    member: MemberId,
    head: Seq,
    heads: z.record(Stream, Seq),
  }),
  /** Nothing new; the connection lives and has been sent all up to its cursor. */
  z.object({ kind: z.literal('heartbeat') }),
  /** The log can't serve that cursor: take new snapshots, go on from this frame's id. */
  z.object({ kind: z.literal('resync'), head: Seq, heads: z.record(Stream, Seq) }),
]);
export type Notice = z.infer<typeof Notice>;

/** What `events` sends, tracked by a `Cursor`. */
export type Frame = LogEvent | Notice;

/**
 * What `ephemeral` sends, untracked: of this moment only, never in the log, dropped first for a slow connection. The
 * first is the `present` of everyone online.
 */
export const Ephemeral = z.discriminatedUnion('kind', [
  /** Say it every 2.5 s at most; show it for 5 s after it was last said. */
  z.object({
    kind: z.literal('typing'),
    channel: ChannelId,
    thread: Seq.optional(),
    member: MemberId,
    name: z.string(),
  }),
  /** All who are online; it replaces what was known. `away` are those of them who touch none of their devices. */
  z.object({ kind: z.literal('present'), online: z.array(MemberId), away: z.array(MemberId).optional() }),
  /** `online` have come or are active again; who is `away` is so from now on, also where they have just come. */
  z.object({
    kind: z.literal('presence-changed'),
    online: z.array(MemberId),
    offline: z.array(MemberId),
    away: z.array(MemberId).optional(),
  }),
]);
export type Ephemeral = z.infer<typeof Ephemeral>;

// Questions

export const EventsInput = z.object({ lastEventId: Cursor.nullish() }).nullish();
export const SendMessage = z.object({
  channel: ChannelId,
  clientId: ClientId,
  text: z.string(),
  /** A reply to that message; `toChannel`: shown in the channel too. */
  thread: Seq.optional(),
  toChannel: z.boolean().optional(),
  /** It answers that message of the channel; not in a thread, which says so itself. */
  quotes: Seq.optional(),
  /** Finished uploads of one's own; with some of them the text may be empty. */
  attachments: z.array(FileId).max(attachmentsLimit).optional(),
});
export type SendMessage = z.infer<typeof SendMessage>;
export const MessageInput = z.object({ message: Seq });
export const KeepMessage = z.object({ message: Seq, on: z.boolean() });
export const ForwardMessage = z.object({ message: Seq, channel: ChannelId, clientId: ClientId });
export const EditMessage = z.object({ message: Seq, text: z.string() });
/** `emoji` is one emoji of Unicode's recommended ones. */
export const SetReaction = z.object({ message: Seq, emoji: z.string(), on: z.boolean() });
/** The newest replies to a message, or those before one of them (exclusive). */
export const ThreadInput = z.object({
  thread: Seq,
  before: Seq.optional(),
  limit: z.number().int().min(1).max(pageLimit).default(50),
});
export const FollowThread = z.object({ thread: Seq, on: z.boolean() });
export const ReadThread = z.object({ thread: Seq, readNumber: z.number().int().nonnegative() });
/** Where in a channel: nothing said, its newest messages. */
const PagePlace = z
  .object({
    /** Up to a message, or from one on, without it. */
    before: Seq,
    after: Seq,
    /** A message with as many on either side. */
    around: Seq,
    /** The first message of that number or above, or of that time (ms since 1970) or later, with what is around it. */
    aroundNumber: z.number().int().positive(),
    aroundTime: z.number().int().nonnegative(),
  })
  .partial();
export const PageInput = PagePlace.extend({
  channel: ChannelId,
  limit: z.number().int().min(1).max(pageLimit).default(50),
}).refine((input) => Object.keys(input).length <= 3, { error: 'A page lies at one place.' });
/** A channel's events after a seq, as the log has them now. */
export const StretchInput = z.object({
  channel: ChannelId,
  after: z.number().int().nonnegative(),
  limit: z.number().int().min(1).max(pageLimit).default(pageLimit),
});
/** Pictures of a channel's messages before a message, or after it. */
export const PicturesInput = z.object({
  channel: ChannelId,
  from: Seq,
  older: z.boolean(),
  /** A message's pictures stay together: there may be a few more. */
  limit: z.number().int().min(1).max(pageLimit).default(20),
});
export const CreateChannel = z.object({
  clientId: ClientId,
  name: z.string(),
  topic: z.string().default(''),
  private: z.boolean().default(false),
});
export const ChannelInput = z.object({ channel: ChannelId });
export const TypingInput = z.object({ channel: ChannelId, thread: Seq.optional() });
/** What is given is set, the rest stays. */
export const ChangeChannel = z.object({
  channel: ChannelId,
  name: z.string().optional(),
  topic: z.string().optional(),
  description: z.string().optional(),
  archived: z.boolean().optional(),
});
export const AddPeople = z.object({ channel: ChannelId, people: z.array(MemberId).min(1).max(addPeopleLimit) });
export const RemovePerson = z.object({ channel: ChannelId, person: MemberId });
export const SetOwner = z.object({ channel: ChannelId, person: MemberId, owner: z.boolean() });
/** `purge` deletes all that they have written too, which goes on in the background. */
export const RemoveMember = z.object({ member: MemberId, purge: z.boolean() });
export const SetRole = z.object({ member: MemberId, role: Role.extract(['admin', 'member']) });
export const RenameWorkspace = z.object({ name: z.string() });
/** The workspace, to another member; `password` is the owner's own. */
export const HandOver = z.object({ member: MemberId, password: z.string() });
/** The others in it; the same people always have the same conversation. */
export const OpenDirect = z.object({
  people: z
    .array(MemberId)
    .min(1)
    .max(directPeopleLimit - 1),
});
/** What is given is set, the rest stays. `closed` is for direct conversations. */
export const SetMembership = z.object({
  channel: ChannelId,
  level: NotificationLevel.optional(),
  muted: z.boolean().optional(),
  favourite: z.boolean().optional(),
  section: ClientId.nullable().optional(),
  closed: z.boolean().optional(),
});
/** Moves my read position forward; void where it was put back after that `generation`. */
export const MarkRead = z.object({
  channel: ChannelId,
  readNumber: z.number().int().nonnegative(),
  generation: z.number().int().nonnegative().optional(),
});
/** Puts it back: the message of that number is unread, and all after it. */
export const MarkUnread = z.object({ channel: ChannelId, number: z.number().int().positive() });
/** As far as I know of each. */
export const MarkAllRead = z.object({
  reads: z.array(z.object({ channel: ChannelId, readNumber: z.number().int().nonnegative() })).max(1_000),
  threads: z
    .array(z.object({ thread: Seq, readNumber: z.number().int().nonnegative() }))
    .max(1_000)
    .optional(),
});
/** Messages that mention me, the newest first; \`before\` is the last one of the page before. */
export const MentionsInput = z.object({
  before: Seq.optional(),
  limit: z.number().int().min(1).max(pageLimit).default(30),
});
/** Names of people or channels; those that nobody here has find nothing. */
const SearchedNames = z.array(z.string().max(200)).max(searchNamesLimit).default([]);
const SearchedThings = z.array(z.enum(searchedThings)).max(searchedThings.length).default([]);
/**
 * Messages that have all of these words and none of the excluded ones, the newest first. `next` is that of the page
 * before.
 */
export const SearchMessages = z.object({
  words: z
    .array(z.object({ text: z.string(), exact: z.boolean().optional(), excluded: z.boolean().optional() }))
    .refine((words) => words.reduce((sum, { text }) => sum + text.length, 0) <= messageTextLimit)
    .default([]),
  from: SearchedNames,
  in: SearchedNames,
  has: SearchedThings,
  /** None of these. */
  without: z.object({ from: SearchedNames, in: SearchedNames, has: SearchedThings }).optional(),
  /** ms since 1970, inclusive. */
  after: z.number().int().optional(),
  /** Exclusive. */
  before: z.number().int().optional(),
  next: Seq.optional(),
  limit: z.number().int().min(1).max(searchPageLimit).default(20),
});
/**
 * People by name, a page at a time: those whose name or any word of it begins with `query`, accents and case ignored.
 * With `channel` only those who are in it. `after` is the `next` of the page before.
 */
export const SearchMembers = z.object({
  query: z.string().max(memberNameLimit).default(''),
  channel: ChannelId.optional(),
  after: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(peoplePageLimit).default(20),
});
export type SearchMembers = z.infer<typeof SearchMembers>;
/** What is given is set, the rest stays. */
export const SetNotices = NoticeSettings.partial();
export type SetNotices = z.infer<typeof SetNotices>;
/** Where a browser's push service takes notices for this device, and its keys, base64url. */
export const PushSubscription = z.object({
  endpoint: z.string().max(1_000),
  p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}=?$/),
  auth: z.string().regex(/^[A-Za-z0-9_-]{22}(?:==)?$/),
  language: z.enum(['en', 'es']),
});
export type PushSubscription = z.infer<typeof PushSubscription>;
/** This device shows it already: nothing is pushed to it for that message and those before it of its place. */
export const NoticeShown = z.object({ channel: ChannelId, thread: Seq.optional(), message: Seq });
export const CreateInvite = z.object({
  clientId: ClientId,
  guests: z.boolean(),
  maximumUses: z.number().int().min(1).max(inviteUsesLimit),
  validForDays: z.number().int().min(1).max(365),
});
/** What is given is set, the rest stays. */
export const ChangeProfile = z.object({
  name: z.string().optional(),
  pronouns: z.string().optional(),
  title: z.string().optional(),
  about: z.string().optional(),
  /** IANA's name of it, or empty to tell nobody. */
  timeZone: z.string().max(64).optional(),
  lastSeenHidden: z.boolean().optional(),
});
export type ChangeProfile = z.infer<typeof ChangeProfile>;
export const SetStatus = z.object({ status: PersonStatus.nullable() });
export const MemberInput = z.object({ member: MemberId });
export const SetAway = z.object({ away: z.boolean() });
export const DraftPlace = z.object({ channel: ChannelId, thread: Seq.optional() });
/** `age` is how long ago it was written, in ms: no two devices' clocks are compared. */
export const SetDraft = DraftPlace.extend({
  text: z.string().max(draftTextLimit),
  age: z.number().int().nonnegative(),
});
export const ChangePassword = z.object({ current: z.string(), password: z.string(), endOthers: z.boolean() });
/** One of mine, or without a number all but the one that asks. */
export const EndSessions = z.object({ session: z.number().int().optional() });
export const RevokeInvite = z.object({ id: z.number().int() });
export const SetUp = z.object({ token: z.string(), workspace: z.string(), name: z.string(), password: z.string() });
export const SignIn = z.object({ name: z.string(), password: z.string() });
/** With a password one joins as a member, without as a guest. */
export const Join = z.object({ code: z.string(), name: z.string(), password: z.string().optional() });
/** `token` is the secret of a one-time link to a new password. */
export const PasswordLink = z.object({ token: z.string().max(100) });
export const ResetPassword = PasswordLink.extend({ password: z.string() });
export const EnterDemo = z.object({ member: MemberId });
export const InviteCode = z.object({ code: z.string() });

// Answers

/** Data and cursor of the same moment: apply the events after `cursor`, none before. */
type AsOf = { cursor: number };

/** Who asks, over HTTP, before there is a socket. */
export type Status =
  | { state: 'set-up-needed' }
  /** `removed` where whoever asks was: their device forgets what it kept of that member of that log. */
  | {
      state: 'signed-out';
      workspace: string;
      removed?: { log: string; member: number };
      /** The same where another device of theirs ended the session. */
      ended?: { log: string; member: number };
      demo?: DemoPerson[];
    }
  | { state: 'signed-in'; workspace: string; me: Person };

export type WorkspaceSnapshot = AsOf & {
  log: string;
  workspace: { name: string };
  me: Person;
  channels: JoinedChannel[];
  sidebar: Sidebar;
  notices: NoticeSettings;
  heads: Partial<Record<Stream, number>>;
};
/**
 * Messages in ascending order; `people` has every author of them, and everyone who reacted or is mentioned. `older` and `newer`: there
 * are more on that side.
 */
export type MessagePage = AsOf & { messages: Message[]; people: Person[]; older: boolean; newer: boolean };
export type ChannelPicture = { message: number; author: string; at: number; picture: Attachment };
/** The nearest message's first. `next` is from where to ask on; it may come without a picture, and is missing at the end. */
export type PicturesPage = { pictures: ChannelPicture[]; next?: number };
/** Of the log after `from`, which is later than was asked for where that was pruned, up to `to`, of `head`. */
export type LogStretch = { events: LogEvent[]; from: number; to: number; head: number };
/** Replies in ascending order. */
export type ThreadPage = AsOf & {
  root: Message;
  messages: Message[];
  people: Person[];
  older: boolean;
  following: boolean;
  readNumber: number;
};
export type ThreadList = AsOf & { threads: FollowedThread[] };
export type SingleMessage = AsOf & { message: Message; people: Person[] };
/** The last pinned first. */
export type PinList = AsOf & { pins: { message: number; by: Pick<Person, 'id' | 'name'>; at: number }[] };
export type SavedList = AsOf & { saved: { message: number; channel: number; at: number }[] };
/** What a message said before, oldest first, each text with the time at which it was written. */
export type MessageVersions = { versions: { text: string; at: number }[] };
export type MentionsPage = { messages: Message[]; people: Person[]; older: boolean };
/**
 * One question looks through so much only: with `next` there may be more, also where these are few or none. Nothing of
 * what I can't read is counted anywhere.
 */
export type SearchPage = AsOf & { messages: Message[]; people: Person[]; next?: number };
export type ChannelDirectory = AsOf & { channels: ListedChannel[] };
/** `owner` where a channel was asked for and they look after it. */
export type ListedPerson = Person & { owner: boolean };
/** By name; `total` counts all who match, `next` asks for the page after this one. */
export type PeoplePage = { people: ListedPerson[]; total: number; next?: string | undefined };
/** What the card of somebody says; `lastSeen` is to the minute, and null where it isn't known or is hidden. */
export type Profile = {
  person: Person;
  pronouns: string;
  title: string;
  about: string;
  timeZone: string;
  status: PersonStatus | null;
  lastSeen: number | null;
  /** Only in one's own. */
  lastSeenHidden?: boolean;
};
/** Those that aren't over, the last set first. */
export type StatusList = AsOf & { statuses: { member: number; status: PersonStatus }[] };
/** One of my devices; what isn't known is empty or 0. */
export type ListedSession = {
  id: number;
  current: boolean;
  browser: string;
  system: string;
  network: string;
  openedAt: number;
  usedAt: number;
};
/** `age` as in what was asked; an empty text was sent or given up. */
export type Draft = { channel: number; thread?: number; text: string; age: number };
/** Somebody whom one may enter as, in the demo only. */
export const DemoPerson = z.object({
  id: MemberId,
  name: z.string(),
  about: z.string(),
  avatar: z.string().optional(),
  language: z.enum(['en', 'es']),
});
export type DemoPerson = z.infer<typeof DemoPerson>;
/**
 * What ends with somebody's removal: `links` that still let people in. `others` here came by the same one; where it
 * isn't `known` which one that was, all that are open end.
 */
export type InvitesEnding = { links: number; others: number; known: boolean };
/** At `at` my password was set by a link of `by`; null: of whoever runs the machine. */
export type PasswordReset = { at: number; by: string | null };
export type PasswordLinkDetails = { workspace: string; name: string };
export type InviteDetails = { workspace: string; invitedBy: string; guests: boolean };
/** `seq` is the acknowledged message's id; a repeat gets the first answer. */
export type Sent = { seq: number; number: number; at: number; replica: string };
