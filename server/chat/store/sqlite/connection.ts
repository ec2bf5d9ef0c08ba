import sqlite3 from 'sqlite3';

export type Row = Record<string, string | number | null>;
export type Parameter = string | number | null | Buffer;

/** One handle on the file. Statements given to it at once may run in any order: its holder waits for each. */
export type Connection = {
  all<T = Row>(sql: string, ...parameters: Parameter[]): Promise<T[]>;
  /** Several statements, no parameters, no rows. */
  execute(sql: string): Promise<void>;
  close(): Promise<void>;
};

export type ConnectionOptions = {
  path: string;
  /** 0 makes a held lock an immediate SQLITE_BUSY, so that the caller can retry fairly. */
  busyTimeoutMs: number;
  /** Called with the code of every failure that SQLite reports. */
  onFault: (code: string) => void;
};

export async function openConnection({ path, busyTimeoutMs, onFault }: ConnectionOptions): Promise<Connection> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened: sqlite3.Database = new sqlite3.Database(path, (error) => (error ? reject(error) : resolve(opened)));
  });
  database.configure('busyTimeout', busyTimeoutMs);
  const statements = new Map<string, Promise<sqlite3.Statement>>();

  function failed(error: Error): Error {
    const code = sqliteCode(error);
    if (code !== undefined) onFault(code);
    return error;
  }

  /** Once, however many ask at the same time: a statement that nobody finalizes keeps the file from being closed. */
  function prepared(sql: string): Promise<sqlite3.Statement> {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = prepare(database, sql);
    statements.set(sql, statement);
    statement.catch(() => statements.delete(sql));
    return statement;
  }

  let closed: Promise<void> | undefined;

  const connection: Connection = {
    // `Statement.get` leaves its statement open, which pins a stale snapshot or keeps the writer's lock: always `all`.
    async all<T>(sql: string, ...parameters: Parameter[]) {
      const statement = await prepared(sql).catch((error: Error) => {
        throw failed(error);
      });
      return new Promise<T[]>((resolve, reject) =>
        statement.all<T>(parameters, (error: Error | null, rows: T[]) =>
          error ? reject(failed(error)) : resolve(rows),
        ),
      );
    },
    execute: (sql) =>
      new Promise((resolve, reject) => database.exec(sql, (error) => (error ? reject(failed(error)) : resolve()))),
    close() {
      closed ??= close();
      return closed;
    },
  };
  return connection;

  async function close(): Promise<void> {
    const open = await Promise.allSettled(statements.values());
    statements.clear();
    for (const statement of open)
      if (statement.status === 'fulfilled')
        await new Promise<void>((resolve) => statement.value.finalize(() => resolve()));
    await new Promise<void>((resolve, reject) => database.close((error) => (error ? reject(error) : resolve())));
  }
}

function prepare(database: sqlite3.Database, sql: string): Promise<sqlite3.Statement> {
  return new Promise((resolve, reject) => {
    const statement: sqlite3.Statement = database.prepare(sql, (error: Error | null) =>
      error ? reject(error) : resolve(statement),
    );
  });
}

/** SQLite's primary result code, such as `SQLITE_BUSY`, of an error that this driver raised. */
export function sqliteCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_')
    ? error.code
    : undefined;
}
