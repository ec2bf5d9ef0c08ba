import { randomBytes } from 'node:crypto';
import { SettingError } from '../../../environment.ts';
import type { Connection } from './connection.ts';
import { firstLight } from './migrations/0001-first-light.ts';
import { timeInChannel } from './migrations/0002-time-in-channel.ts';
import { channelLife } from './migrations/0003-channel-life.ts';
import { changedMessages } from './migrations/0004-changed-messages.ts';
import { jobs } from './migrations/0005-jobs.ts';
import { threads } from './migrations/0006-threads.ts';
import { formerMembers } from './migrations/0007-former-members.ts';
import { previews } from './migrations/0008-previews.ts';
import { keptMessages } from './migrations/0009-kept-messages.ts';
import { mentions } from './migrations/0010-mentions.ts';
import { notices } from './migrations/0011-notices.ts';
import { search } from './migrations/0012-search.ts';
import { profiles } from './migrations/0014-profiles.ts';
import { files } from './migrations/0015-files.ts';
import { labs } from './migrations/0016-labs.ts';
import { searchedFiles } from './migrations/0019-searched-files.ts';
import { quotedMessages } from './migrations/0020-quoted-messages.ts';
import { oldestCode } from './migrations/0021-oldest-code.ts';
import { threadMentions } from './migrations/0022-thread-mentions.ts';
import { invitesTaken } from './migrations/0023-invites-taken.ts';
import { passwordLinks } from './migrations/0024-password-links.ts';
import { passwordResets } from './migrations/0025-password-resets.ts';
import { unplacedMentions } from './migrations/0026-unplaced-mentions.ts';
import { inImmediateTransaction } from './transaction.ts';

/** Applied in this order, each once; they only add, so that the release before still runs on the result. */
const migrations = [
  firstLight,
  timeInChannel,
  channelLife,
  changedMessages,
  jobs,
  threads,
  formerMembers,
  previews,
  keptMessages,
  mentions,
  notices,
  profiles,
  search,
  files,
  labs,
  searchedFiles,
  quotedMessages,
  oldestCode,
  threadMentions,
  invitesTaken,
  passwordLinks,
  passwordResets,
  unplacedMentions,
];

/** How many the release before has, which still runs on what this one makes of its data. Raised with each release. */
const releaseBefore = 17;

const waitForOthersMs = 60_000;

/** Brings the file up to date, whichever replica comes first; creates the log with its random id. */
export async function migrate(connection: Connection): Promise<void> {
  const [before] = await connection.all<{ user_version: number }>('PRAGMA user_version');
  if (before !== undefined && before.user_version === migrations.length) return;
  await inImmediateTransaction(
    connection,
    async () => {
      const [row] = await connection.all<{ user_version: number }>('PRAGMA user_version');
      const done = row?.user_version ?? 0;
      if (done > migrations.length) return refuseUnlessWelcome(connection, done);
      for (const migration of migrations.slice(done)) await connection.execute(migration);
      if (done === 0) await createLog(connection);
      await connection.all('UPDATE compatibility SET oldest_code = ?', releaseBefore);
      await connection.execute(`PRAGMA user_version = ${migrations.length}`);
    },
    { deadlineMs: waitForOthersMs },
  );
}

/** Data of a newer release say which code may run on them; that they say nothing is no welcome. */
async function refuseUnlessWelcome(connection: Connection, schema: number): Promise<void> {
  const says = await connection.all("SELECT 1 FROM sqlite_master WHERE name = 'compatibility'");
  const welcome = 'SELECT 1 FROM compatibility WHERE oldest_code <= ?';
  if (says.length === 0 || (await connection.all(welcome, migrations.length)).length === 0)
    throw new SettingError(
      `DATA_DIRECTORY takes data of this release or the next one, not of a newer one (schema ${schema}; ${migrations.length} is this one's).`,
    );
}

async function createLog(connection: Connection): Promise<void> {
  const id = randomBytes(6).toString('hex');
  await connection.all('INSERT INTO log (id) VALUES (?)', id);
  await connection.all('INSERT INTO workspace (id, set_up_token) VALUES (1, ?)', randomBytes(16).toString('base64url'));
}
