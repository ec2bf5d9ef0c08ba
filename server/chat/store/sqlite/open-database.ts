import { againWhileBusy } from './again-while-busy.ts';
import { type Connection, type ConnectionOptions, openConnection } from './connection.ts';
import { prepareMarks } from './log-transaction.ts';

/** Several processes on one WAL file corrupted it before this version. */
const oldestSafe = [3, 51, 3];

/** What `PRAGMA auto_vacuum` answers for INCREMENTAL. */
const incremental = 2;

const readerBusyTimeoutMs = 5_000;

/** As long as a migration by another replica may take. */
const openingDeadlineMs = 60_000;

// What is deleted is written over, and doesn't lie about in the file's free pages.
const pragmas = `
  PRAGMA secure_delete = ON;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 1000;
  PRAGMA journal_size_limit = 67108864;
  PRAGMA cache_size = -16000;
  PRAGMA mmap_size = 0;
  PRAGMA foreign_keys = ON;
  PRAGMA temp_store = MEMORY;
`;

type Opening = Pick<ConnectionOptions, 'path' | 'onFault'>;

export async function openWriter(opening: Opening): Promise<Connection> {
  // WAL mode itself may wait for others.
  return openPrepared(opening, async (connection) => {
    await refuseOldSqlite(connection);
    // It writes into the file each time that it is set, so that a replica couldn't start while the disk is full.
    const [before] = await connection.all<{ auto_vacuum: number }>('PRAGMA auto_vacuum');
    if (before?.auto_vacuum !== incremental) await connection.execute('PRAGMA auto_vacuum = INCREMENTAL');
    await connection.execute(`PRAGMA journal_mode = WAL; ${pragmas}`);
    await connection.execute(`PRAGMA busy_timeout = 0; ${prepareMarks}`);
  });
}

export async function openReader(opening: Opening): Promise<Connection> {
  return openPrepared(opening, (connection) => connection.execute(`${pragmas} PRAGMA query_only = ON;`));
}

async function openPrepared(opening: Opening, prepare: (connection: Connection) => Promise<void>): Promise<Connection> {
  const connection = await openConnection({ ...opening, busyTimeoutMs: readerBusyTimeoutMs });
  try {
    // Two that turn a new file to WAL at once each wait for the other: SQLite refuses one, whatever its busy timeout.
    await againWhileBusy(() => prepare(connection), openingDeadlineMs);
    return connection;
  } catch (error) {
    await connection.close().catch(() => undefined);
    throw error;
  }
}

async function refuseOldSqlite(connection: Connection): Promise<void> {
  const [row] = await connection.all<{ version: string }>('SELECT sqlite_version() AS version');
  const parts = (row?.version ?? '0').split('.').map(Number);
  const difference = oldestSafe.map((wanted, index) => (parts[index] ?? 0) - wanted).find((value) => value !== 0) ?? 0;
  if (difference < 0) throw new Error(`SQLite ${row?.version} can corrupt a shared file; 3.51.3 or later is needed.`);
}
