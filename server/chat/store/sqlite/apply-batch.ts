import { Refusal } from '../../refusal.ts';
import type { MutationKind, MutationOf, Mutations } from '../mutations.ts';
import type { Appended } from '../store.ts';
import { changePassword, endSessions, noteSessions } from './account-mutations.ts';
import { changeChannel, createChannel, joinChannel, leaveChannel } from './channel-mutations.ts';
import { addPeople, removePerson, setOwner } from './channel-people.ts';
import { openDirect } from './direct-mutations.ts';
import { setDraft } from './draft-mutations.ts';
import { addDueNotices, addTestNotice, settleNotices } from './due-notice-mutations.ts';
import { createInvite, revokeInvite } from './invite-mutations.ts';
import { setPin, setSaved } from './keep-mutations.ts';
import { closeLab, disposeOfLabs, openLab } from './lab-mutations.ts';
import { pruneLog, takeLease } from './log-mutations.ts';
import type { LogTransaction } from './log-transaction.ts';
import { joinWorkspace, setUp } from './member-mutations.ts';
import { setMembership, setSidebar } from './membership-mutations.ts';
import { mergeSearchIndex } from './merge-search-index.ts';
import { deleteMessage, editMessage } from './message-mutations.ts';
import { keepNoticeKey, setNotices } from './notice-mutations.ts';
import { makePasswordLink, resetPassword } from './password-link-mutations.ts';
import { forwardMessage, postFiles, postQuote } from './post-about.ts';
import { type Post, postMessages, type QueuedMutation } from './post-messages.ts';
import { postReply } from './post-reply.ts';
import { notePreviewed, removePreview, setPreview } from './preview-mutations.ts';
import { changeProfile, noteSeen, setAvatar, setStatus } from './profile-mutations.ts';
import { purgeMessages } from './purge-mutations.ts';
import { addPushDevice, noteShown, removePushDevice } from './push-device-mutations.ts';
import { setReaction } from './reaction-mutations.ts';
import { markAllRead, markRead, markUnread } from './read-mutations.ts';
import { removeMember, setRole } from './removal-mutations.ts';
import { indexMessages } from './search-index.ts';
import { confirmSession, countAttempt, endSession, openSession, renewSession } from './session-mutations.ts';
import { followThread, readThread } from './thread-mutations.ts';
import { placeMentions } from './unplaced-mentions.ts';
import {
  beginUpload,
  cancelUpload,
  expireFiles,
  finishUpload,
  forgetContents,
  lockUpload,
  noteReceived,
  refuseUpload,
  unlockUpload,
} from './upload-mutations.ts';
import { handOver, renameWorkspace } from './workspace-mutations.ts';
import type { Outcome } from './write-queue.ts';

type Single = Exclude<MutationKind, 'post-message'>;
type Handlers = {
  [K in Single]: (transaction: LogTransaction, mutation: MutationOf<K>) => Promise<Mutations[K]['result']>;
};

const handlers: Handlers = {
  'post-files': postFiles,
  'post-quote': postQuote,
  'forward-message': forwardMessage,
  'set-pin': setPin,
  'set-saved': setSaved,
  'post-reply': postReply,
  'follow-thread': followThread,
  'read-thread': readThread,
  'edit-message': editMessage,
  'delete-message': deleteMessage,
  'set-reaction': setReaction,
  'create-channel': createChannel,
  'join-channel': joinChannel,
  'leave-channel': leaveChannel,
  'change-channel': changeChannel,
  'add-people': addPeople,
  'remove-person': removePerson,
  'set-owner': setOwner,
  'open-direct': openDirect,
  'set-membership': setMembership,
  'remove-member': removeMember,
  'set-role': setRole,
  'rename-workspace': renameWorkspace,
  'hand-over': handOver,
  'place-mentions': placeMentions,
  'purge-messages': purgeMessages,
  'set-preview': setPreview,
  'remove-preview': removePreview,
  'note-previewed': notePreviewed,
  'index-messages': indexMessages,
  'merge-search-index': mergeSearchIndex,
  'begin-upload': beginUpload,
  'lock-upload': lockUpload,
  'unlock-upload': unlockUpload,
  'note-received': noteReceived,
  'finish-upload': finishUpload,
  'refuse-upload': refuseUpload,
  'cancel-upload': cancelUpload,
  'expire-files': expireFiles,
  'forget-contents': forgetContents,
  'set-sidebar': setSidebar,
  'mark-read': markRead,
  'mark-unread': markUnread,
  'mark-all-read': markAllRead,
  'create-invite': createInvite,
  'revoke-invite': revokeInvite,
  'set-up': setUp,
  'join-workspace': joinWorkspace,
  'open-session': openSession,
  'renew-session': renewSession,
  'confirm-session': confirmSession,
  'end-session': endSession,
  'end-sessions': endSessions,
  'note-sessions': noteSessions,
  'change-password': changePassword,
  'make-password-link': makePasswordLink,
  'reset-password': resetPassword,
  'change-profile': changeProfile,
  'set-avatar': setAvatar,
  'set-status': setStatus,
  'note-seen': noteSeen,
  'set-draft': setDraft,
  'count-attempt': countAttempt,
  'open-lab': openLab,
  'close-lab': closeLab,
  'dispose-of-labs': disposeOfLabs,
  'take-lease': takeLease,
  'prune-log': pruneLog,
  'set-notices': setNotices,
  'keep-notice-key': keepNoticeKey,
  'add-push-device': addPushDevice,
  'remove-push-device': removePushDevice,
  'note-shown': noteShown,
  'add-test-notice': addTestNotice,
  'add-due-notices': addDueNotices,
  'settle-notices': settleNotices,
};

/** What leaves the log's earlier events as they are. */
const appendOnly = new Set<MutationKind>([
  ...(['post-message', 'post-reply', 'post-quote', 'post-files', 'forward-message', 'set-reaction'] as const),
  ...(['mark-read', 'read-thread', 'set-draft', 'note-seen', 'index-messages', 'take-lease'] as const),
]);

/** What a batch appended, word for word as the log has it now; undefined where that has to be read. */
export function appendedBy({ after, events }: LogTransaction, batch: QueuedMutation[]): Appended | undefined {
  if (after === undefined || events.length === 0) return undefined;
  if (!batch.every(({ kind }) => appendOnly.has(kind))) return undefined;
  return { after, events: events.toSorted((one, other) => one.seq - other.seq) };
}

/** Applies a batch in the order in which it arrived; runs of messages go in set-wise. */
export async function applyBatch(transaction: LogTransaction, batch: QueuedMutation[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let index = 0; index < batch.length; ) {
    const messages = messagesFrom(batch, index);
    if (messages.length > 0) {
      outcomes.push(...(await postMessages(transaction, messages)));
      index += messages.length;
    } else {
      outcomes.push(await applyOne(transaction, batch[index] as MutationOf<Single>));
      index += 1;
    }
  }
  return outcomes;
}

function messagesFrom(batch: QueuedMutation[], start: number): Post[] {
  const messages: Post[] = [];
  for (const mutation of batch.slice(start)) {
    if (mutation.kind !== 'post-message') break;
    messages.push(mutation);
  }
  return messages;
}

/** A refusal undoes this mutation alone; any other failure is the file's, and fails the batch. */
async function applyOne(transaction: LogTransaction, mutation: MutationOf<Single>): Promise<Outcome> {
  await transaction.all('SAVEPOINT mutation');
  const before = transaction.events.length;
  try {
    const handler = handlers[mutation.kind] as (t: LogTransaction, m: MutationOf<Single>) => Promise<unknown>;
    const value = await handler(transaction, mutation);
    await transaction.all('RELEASE mutation');
    return { ok: true, value };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    transaction.events.length = before;
    await transaction.all('ROLLBACK TO mutation');
    await transaction.all('RELEASE mutation');
    return { ok: false, error };
  }
}
