import type { Attachment } from '../../../shared/attachment.ts';
import type {
  ChangeProfile,
  LinkPreview,
  NotificationLevel,
  PersonStatus,
  PushSubscription,
  Role,
  Sent,
  SetNotices,
  Sidebar,
} from '../../../shared/protocol.ts';
import type { RefusalReason } from '../../../shared/refusals.ts';

/**
 * What can be asked of the log. Each is one row-change plus its events in one transaction, in which permissions and
 * client ids are checked again; each sets a state, so that a repeat is harmless.
 */
export type Mutations = {
  'post-message': {
    /** `online` are those whom its @here may mean. */
    input: { author: number; channel: number; clientId: string; text: string; online?: readonly number[] };
    result: Sent;
  };
  /** One that carries files: ids of finished uploads of the author's. */
  'post-files': {
    input: {
      author: number;
      channel: number;
      clientId: string;
      text: string;
      attachments: readonly string[];
      online?: readonly number[];
    };
    result: Sent;
  };
  'post-reply': {
    input: {
      author: number;
      channel: number;
      clientId: string;
      text: string;
      attachments?: readonly string[];
      thread: number;
      toChannel: boolean;
      online?: readonly number[];
    };
    result: Sent;
  };
  'post-quote': {
    input: {
      author: number;
      channel: number;
      clientId: string;
      text: string;
      quotes: number;
      attachments?: readonly string[];
      online?: readonly number[];
    };
    result: Sent;
  };
  'forward-message': { input: { author: number; channel: number; clientId: string; message: number }; result: Sent };
  'set-pin': { input: { member: number; message: number; on: boolean }; result: null };
  'set-saved': { input: { member: number; message: number; on: boolean }; result: null };
  'follow-thread': { input: { member: number; thread: number; on: boolean }; result: null };
  'read-thread': { input: { member: number; thread: number; readNumber: number }; result: null };
  /** By its author. */
  'edit-message': { input: { member: number; message: number; text: string }; result: null };
  /** By its author, an admin or the owner: its text is gone from the tables and from the log's earlier events. */
  'delete-message': { input: { member: number; message: number }; result: null };
  'set-reaction': { input: { member: number; message: number; emoji: string; on: boolean }; result: null };
  /** `link` is what the preview was made for: it must still be in the text. */
  'set-preview': { input: { message: number; link: string; preview: LinkPreview }; result: null };
  'remove-preview': { input: { member: number; message: number }; result: null };
  /** The log has been looked through for links up to here. */
  'note-previewed': { input: { seq: number }; result: null };
  /**
   * What was read of the messages above `from` up to `to`, ready for the index; refused nowhere, and void where another
   * replica has come further. Whoever holds the lease does it.
   */
  'index-messages': {
    input: {
      holder: string;
      forMs: number;
      from: number;
      to: number;
      messages: { id: number; text: string; tokens: string }[];
      words: string[];
    };
    result: { held: boolean };
  };
  /** One step towards an index in one piece; `begun` where the step before left more. The holder of that lease does it. */
  'merge-search-index': {
    input: { holder: string; forMs: number; begun: boolean };
    result: { more: boolean };
  };
  /** `limits.totalBytes` 0: as much as there is room for. */
  'begin-upload': {
    input: {
      id: string;
      member: number;
      name: string;
      bytes: number;
      limits: { unsent: number; totalBytes: number };
    };
    result: null;
  };
  /** For who writes to an upload or makes a file of it, and renews it while they do. `wanted`: somebody else waits. */
  'lock-upload': { input: { id: string; holder: string; forMs: number }; result: { held: boolean; wanted: boolean } };
  'unlock-upload': { input: { id: string; holder: string }; result: null };
  'note-received': { input: { id: string }; result: null };
  /** `used` are the keys that it has now: where the same content was kept already, that one's. */
  'finish-upload': {
    input: { id: string; holder: string; attachment: Attachment; contents: NewContent[] };
    result: { finished: boolean; used: string[] };
  };
  'refuse-upload': { input: { id: string; holder: string; reason: RefusalReason }; result: null };
  'cancel-upload': { input: { id: string; member: number }; result: null };
  'expire-files': {
    input: { unfinishedBefore: number; unsentBefore: number; limit: number };
    result: { expired: number };
  };
  /** They are gone from the volume. */
  'forget-contents': { input: { keys: string[] }; result: null };
  'create-channel': {
    input: { author: number; clientId: string; name: string; topic: string; private: boolean };
    result: { id: number };
  };
  'join-channel': { input: { member: number; channel: number }; result: null };
  'leave-channel': { input: { member: number; channel: number }; result: null };
  'change-channel': {
    input: {
      author: number;
      channel: number;
      name?: string | undefined;
      topic?: string | undefined;
      description?: string | undefined;
      archived?: boolean | undefined;
    };
    result: null;
  };
  'add-people': { input: { author: number; channel: number; people: number[] }; result: null };
  'remove-person': { input: { author: number; channel: number; person: number }; result: null };
  'set-owner': { input: { author: number; channel: number; person: number; owner: boolean }; result: null };
  /** `people` are the others; the conversation is the same whoever of them asks. */
  'open-direct': { input: { author: number; people: number[] }; result: { id: number } };
  'set-membership': {
    input: {
      member: number;
      channel: number;
      level?: NotificationLevel | undefined;
      muted?: boolean | undefined;
      favourite?: boolean | undefined;
      section?: string | null | undefined;
      closed?: boolean | undefined;
    };
    result: null;
  };
  /** Out of every channel, all sessions ended; with `purge` all that they wrote is deleted as well, in batches. */
  'remove-member': { input: { author: number; member: number; purge: boolean }; result: null };
  'set-role': { input: { author: number; member: number; role: 'admin' | 'member' }; result: null };
  'rename-workspace': { input: { author: number; name: string }; result: null };
  /** `before` is the hash that the author's password was found to fit. */
  'hand-over': { input: { author: number; before: string; member: number }; result: null };
  /** One batch of mentions in threads that a release before counted nowhere; false once there is no more. */
  'place-mentions': { input: { limit: number }; result: { more: boolean } };
  /** One batch of what was to be deleted; false once there is no more. */
  'purge-messages': { input: { limit: number }; result: { more: boolean } };
  'set-sidebar': { input: { member: number; sidebar: Sidebar }; result: null };
  /** Void where the read position was put back after that `generation`. */
  'mark-read': {
    input: { member: number; channel: number; readNumber: number; generation?: number | undefined };
    result: null;
  };
  /** Puts the read position back before the message of that number. */
  'mark-unread': { input: { member: number; channel: number; number: number }; result: null };
  'mark-all-read': {
    input: {
      member: number;
      reads: { channel: number; readNumber: number }[];
      threads?: { thread: number; readNumber: number }[] | undefined;
    };
    result: null;
  };
  'create-invite': {
    input: { author: number; clientId: string; code: string; guests: boolean; maximumUses: number; expiresAt: number };
    result: { id: number; code: string };
  };
  'revoke-invite': { input: { author: number; id: number }; result: null };
  /** `secretHash` in these is the SHA-256 of the session's secret: the secret itself is only in the cookie. */
  'set-up': {
    input: { token: string; workspace: string; name: string; passwordHash: string; session: NewSession };
    result: { member: number };
  };
  'join-workspace': {
    input: { code: string; name: string; passwordHash: string | null; session: NewSession };
    result: { member: number; role: Role };
  };
  'open-session': { input: { member: number; session: NewSession }; result: null };
  /** Counts an attempt under each key; tells how long to wait for those that have had more than their limit in the window. */
  'count-attempt': {
    input: { attempts: { key: string; limit: number }[]; windowMs: number };
    result: { waits: { key: string; retryAfterMs: number }[] };
  };
  /**
   * False where another call has renewed it already. The secret before stays good until the new one is confirmed, since
   * the answer that brings it may get lost.
   */
  'renew-session': { input: { secretHash: string; session: NewSession }; result: { renewed: boolean } };
  /** The new secret has arrived: the one before is good for a moment longer, as another tab may be asking with it. */
  'confirm-session': { input: { secretHash: string }; result: null };
  'end-session': { input: { secretHash: string }; result: null };
  /** One of a member's sessions, or all but one; their devices learn that they were. */
  'end-sessions': {
    input: { member: number; session?: number | undefined; except?: number | undefined };
    result: null;
  };
  /** When and where sessions were used; no event. */
  'note-sessions': {
    input: { sessions: { id: number; browser?: string; system?: string; network?: string }[] };
    result: null;
  };
  /** `before` is the hash of the password that was given as the current one. */
  'change-password': {
    input: { member: number; session: number; before: string; passwordHash: string; endOthers: boolean };
    result: null;
  };
  /** `author` null: by who runs the machine. A person has one link at a time, and `secretHash` is the SHA-256 of its secret. */
  'make-password-link': {
    input: { author: number | null; member: number; secretHash: string; expiresAt: number };
    result: null;
  };
  /** Spends the link, sets the password, ends all sessions of that person, and opens this one. */
  'reset-password': {
    input: { secretHash: string; passwordHash: string; session: NewSession };
    result: { member: number };
  };
  'change-profile': { input: { member: number } & ChangeProfile; result: null };
  /** `id` is the hash of the bytes, which are a picture that this server has made. */
  'set-avatar': { input: { member: number; avatar: { id: string; bytes: Buffer } | null }; result: null };
  'set-status': { input: { member: number; status: PersonStatus | null }; result: null };
  /** Their last connections here have closed; no event. */
  'note-seen': { input: { members: number[] }; result: null };
  /** Void where the one that is there was written later. */
  'set-draft': {
    input: { member: number; channel: number; thread?: number | undefined; text: string; at: number };
    result: { kept: boolean };
  };
  /** A channel of virtual members alone, one for each session, until a time; any lab before it is over. */
  'open-lab': {
    input: { author: number; clientId: string; until: number; sessions: NewSession[] };
    result: { channel: number; members: number[] };
  };
  'close-lab': { input: { author: number; channel: number }; result: null };
  /** Deletes a batch of what labs that are over have left; false once there is nothing to delete now. */
  'dispose-of-labs': { input: { limit: number }; result: { more: boolean } };
  /** For work in the background: whoever holds it does it, renews it while they do, and ends it with 0. */
  'take-lease': { input: { job: string; holder: string; forMs: number }; result: { held: boolean } };
  'set-notices': { input: { member: number; change: SetNotices }; result: null };
  /** Where there is none yet. */
  'keep-notice-key': { input: NoticeKey; result: null };
  /** Of that session, in place of one that it had. */
  'add-push-device': { input: { session: number; member: number; subscription: PushSubscription }; result: null };
  'remove-push-device': { input: { session: number }; result: null };
  /** That session's device shows a message by itself: nothing is pushed to it for that and what was before it there. */
  'note-shown': {
    input: { session: number; channel: number; thread?: number | undefined; message: number };
    result: null;
  };
  'add-test-notice': { input: { session: number }; result: { pushed: boolean } };
  /** The log has been looked through `from` there up `to` there; nothing where somebody else has done so meanwhile. */
  'add-due-notices': {
    input: {
      from: number;
      to: number;
      dueAt: number;
      due: { device: number; channel: number; thread: number; messages: number[]; count: number }[];
    };
    result: { moved: boolean };
  };
  'settle-notices': { input: { results: NoticeResult[] }; result: null };
  /** Deletes the oldest events, as far as they are from before a time; what they told stays in the tables. */
  'prune-log': { input: { before: number; limit: number }; result: { pruned: number } };
};

/** By which push services know this workspace: of P-256, base64url. */
export type NoticeKey = { publicKey: string; privateKey: string };

/** A place on a device: a channel, or a thread of it, else 0. `message` is the last one that it is about. */
export type NoticePlace = { channel: number; thread: number; message: number };

export type NoticeResult = NoticePlace & {
  device: number;
  /** Where the device was told to take other notices away. */
  withdrawn: NoticePlace[];
  outcome: { kind: 'shown' } | { kind: 'dropped' } | { kind: 'gone' } | { kind: 'failed'; againAfterMs: number };
};
export type Variant = 'original' | 'view' | 'small';
export type NewContent = { variant: Variant; key: string; sha256: string; bytes: number };

export type NewSession = { secretHash: string; expiresAt: number };

export type MutationKind = keyof Mutations;
export type Mutation = { [K in MutationKind]: { kind: K } & Mutations[K]['input'] }[MutationKind];
export type MutationOf<K extends MutationKind> = Extract<Mutation, { kind: K }>;
