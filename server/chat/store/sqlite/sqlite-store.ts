import { foldName } from '../../../../shared/text-rules.ts';
import { Refusal } from '../../refusal.ts';
import type { Store, StoredEvent } from '../store.ts';
import { readEnded, readSessions } from './account-mutations.ts';
import { againWhileBusy } from './again-while-busy.ts';
import { appendedBy, applyBatch } from './apply-batch.ts';
import type { Connection } from './connection.ts';
import { watchForCorruption } from './corruption.ts';
import { readDrafts } from './draft-mutations.ts';
import { readDueNotices } from './due-notice-queries.ts';
import { readDoomed, readFile, readKnown, readReceived, readUpload } from './file-queries.ts';
import { readInvitesEnding } from './invite-mutations.ts';
import { readMessage, readPins, readSaved } from './keep-queries.ts';
import { beginLogTransaction } from './log-transaction.ts';
import { readPeople } from './member-queries.ts';
import { readMentions } from './mention-queries.ts';
import { readVersions } from './message-queries.ts';
import { migrate } from './migrate.ts';
import { readNoticeKey, readNoticeListeners, readNoticeWork } from './notice-queries.ts';
import { openReader, openWriter } from './open-database.ts';
import { readPasswordLink, readPasswordResets } from './password-link-mutations.ts';
import type { QueuedMutation } from './post-messages.ts';
import { readAvatar, readProfile, readStatuses } from './profile-queries.ts';
import {
  readDirectory,
  readInviteDetails,
  readInvites,
  readRange,
  readRemoved,
  readRole,
  readSession,
  readStatus,
  readStreams,
  readWorkspace,
} from './queries.ts';
import { readPage } from './read-page.ts';
import { readPictures } from './read-pictures.ts';
import { readStretch } from './read-stretch.ts';
import { openReaders, type Readers } from './readers.ts';
import { searchMessages } from './search-messages.ts';
import { readThreadPage, readThreads } from './thread-queries.ts';
import { readSearchLag, readUnindexed } from './unindexed.ts';
import { mentionsUnplaced } from './unplaced-mentions.ts';
import { faultInFile } from './unusable-file.ts';
import { createWalLimit } from './wal-limit.ts';
import { type CommittedBatch, createWriteQueue } from './write-queue.ts';

const readerCount = 2;
const migratingDeadlineMs = 60_000;

/**
 * The store on one SQLite file that several processes share. One connection writes, one follows the log, the readers
 * answer questions.
 */
export async function openSqliteStore(options: {
  path: string;
  replica: string;
  /** After each commit of this process. */
  onCommit: (batch: CommittedBatch) => void;
  /** The time of what is written. */
  now?: () => number;
}): Promise<Store> {
  const { path, now = Date.now } = options;
  const corruption = watchForCorruption(path);
  const onFault = corruption.report;
  const writer = await openUpToDate({ path, onFault });
  const follower = await openReader({ path, onFault });
  const readers = await openReaders(() => openReader({ path, onFault }), readerCount);
  const { log } = await readers.read(readRange);
  let searching: Promise<Readers> | undefined;

  /** Opened by the first search; should that fail, the next one tries again. */
  function searchReader(): Promise<Readers> {
    searching ??= openReaders(() => openReader({ path, onFault }), 1).catch((error: unknown) => {
      searching = undefined;
      throw error;
    });
    return searching;
  }

  const apply = async (batch: QueuedMutation[]) => {
    const transaction = beginLogTransaction(writer, options.replica, now());
    return { outcomes: await applyBatch(transaction, batch), appended: appendedBy(transaction, batch) };
  };
  const queue = createWriteQueue(writer, apply, options.onCommit, createWalLimit(path, writer), options.replica);

  return {
    log,
    write: (mutation) =>
      (corruption.found() ? Promise.reject(new Refusal('storage-failed')) : queue.write(mutation)) as Promise<never>,
    othersCommitted: queue.othersCommitted,
    readAfter: (seq, limit) =>
      follower.all<StoredEvent>(
        'SELECT seq, stream, kind, payload FROM events WHERE seq > ? ORDER BY seq LIMIT ?',
        seq,
        limit,
      ),
    range: () => readers.read(readRange),
    async version() {
      await corruption.look();
      const [row] = await follower.all<{ data_version: number }>('PRAGMA data_version');
      return row?.data_version ?? 0;
    },
    status: () => readers.read(readStatus),
    setUpToken: () =>
      readers.read(async (reader) => {
        const [row] = await reader.all<{ set_up_token: string | null }>('SELECT set_up_token FROM workspace');
        return row?.set_up_token ?? undefined;
      }),
    session: (secretHash) => readers.read((reader) => readSession(reader, secretHash, Date.now())),
    role: (member) => readers.read((reader) => readRole(reader, member)),
    removed: (secretHash) => readers.read((reader) => readRemoved(reader, secretHash)),
    ended: (secretHash) => readers.read((reader) => readEnded(reader, secretHash)),
    sessions: (session) => readers.read((reader) => readSessions(reader, session, Date.now())),
    credentials: (name) =>
      readers.read(async (reader) => {
        const [row] = await reader.all<{ id: number; password_hash: string | null }>(
          'SELECT id, password_hash FROM members WHERE folded_name = ?',
          foldName(name),
        );
        if (row === undefined || row.password_hash === null) return undefined;
        return { member: row.id, passwordHash: row.password_hash };
      }),
    mentionsUnplaced: () => readers.read(mentionsUnplaced),
    purgeDue: () =>
      readers.read(async (reader) => {
        const due = await reader.all('SELECT 1 FROM members WHERE purge_by IS NOT NULL LIMIT 1');
        return due.length > 0;
      }),
    openLab: () =>
      readers.read(async (reader) => {
        const [lab] = await reader.all<{ id: number }>('SELECT id FROM channels WHERE lab_until > ?', Date.now());
        return lab?.id ?? null;
      }),
    labIsOver: () =>
      readers.read(async (reader) => {
        const over = await reader.all('SELECT 1 FROM channels WHERE lab_until <= ? LIMIT 1', Date.now());
        return over.length > 0;
      }),
    previewedTo: () =>
      readers.read(async (reader) => {
        const [row] = await reader.all<{ seq: number }>('SELECT seq FROM preview_progress');
        return row?.seq ?? 0;
      }),
    noticeKey: () => readers.read(readNoticeKey),
    noticeWork: (holder, now) => readers.read((reader) => readNoticeWork(reader, holder, now)),
    noticeListeners: (places, now) => readers.read((reader) => readNoticeListeners(reader, places, now)),
    dueNotices: (now, limit) => readers.read((reader) => readDueNotices(reader, now, limit)),
    unindexed: (limit) => readers.read((reader) => readUnindexed(reader, limit)),
    searchLag: () => readers.read(readSearchLag),
    passwordResets: (member) => readers.read((reader) => readPasswordResets(reader, member)),
    passwordLink: (secretHash) => readers.read((reader) => readPasswordLink(reader, secretHash, Date.now())),
    inviteDetails: (code) => readers.read((reader) => readInviteDetails(reader, code, Date.now())),
    upload: (id) => readers.read((reader) => readUpload(reader, id)),
    received: (limit) => readers.read((reader) => readReceived(reader, limit)),
    file: (member, id) => readers.read((reader) => readFile(reader, member, id)),
    doomed: (limit) => readers.read((reader) => readDoomed(reader, limit)),
    known: (names) => readers.read((reader) => readKnown(reader, names)),
    streams: (member) => readers.read((reader) => readStreams(reader, member)),
    workspace: (member) => readers.read((reader) => readWorkspace(reader, member)),
    directory: (member) => readers.read((reader) => readDirectory(reader, member)),
    people: (member, search) => readers.read((reader) => readPeople(reader, member, search)),
    profile: (me, member) => readers.read((reader) => readProfile(reader, me, member, Date.now())),
    statuses: () => readers.read((reader) => readStatuses(reader, Date.now())),
    avatar: (id) => readers.read((reader) => readAvatar(reader, id)),
    drafts: (member, place) => readers.read((reader) => readDrafts(reader, member, place, Date.now())),
    invites: (member) => readers.read((reader) => readInvites(reader, member, Date.now())),
    invitesEnding: (removal) => readers.read((reader) => readInvitesEnding(reader, removal, Date.now())),
    threadPage: (member, query) => readers.read((reader) => readThreadPage(reader, member, query)),
    message: (member, id) => readers.read((reader) => readMessage(reader, member, id)),
    pins: (member, channel) => readers.read((reader) => readPins(reader, member, channel)),
    saved: (member) => readers.read((reader) => readSaved(reader, member)),
    threads: (member) => readers.read((reader) => readThreads(reader, member)),
    mentions: (member, query) => readers.read((reader) => readMentions(reader, member, query)),
    // On a connection of its own: however long one takes, nobody else's question waits for it.
    search: (member, query) =>
      searchReader().then(({ read }) => read((reader) => searchMessages(reader, member, query))),
    versions: (member, message) => readers.read((reader) => readVersions(reader, member, message)),
    pictures: (member, query) => readers.read((reader) => readPictures(reader, member, query)),
    stretch: (member, query) => readers.read((reader) => readStretch(reader, member, query)),
    page: (member, query) => readers.read((reader) => readPage(reader, member, query)),
    async close() {
      await queue.close();
      await readers.close();
      await (await searching)?.close();
      await follower.close();
    },
  };
}

async function openUpToDate(opening: { path: string; onFault: (code: string) => void }): Promise<Connection> {
  try {
    const writer = await openWriter(opening);
    // Who looks while another one turns the new file to WAL is told that it is busy, whatever they ask.
    await againWhileBusy(() => migrate(writer), migratingDeadlineMs);
    return writer;
  } catch (error) {
    throw faultInFile(error, opening.path);
  }
}
