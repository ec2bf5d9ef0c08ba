import type { Connection } from './connection.ts';

export type Readers = {
  /** Lends a reader to one caller at a time; what it reads is of one moment. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): Promise<void>;
};

export async function openReaders(open: () => Promise<Connection>, count: number): Promise<Readers> {
  const connections = await Promise.all(Array.from({ length: count }, open));
  const idle = [...connections];
  const waiting: ((connection: Connection) => void)[] = [];

  return {
    async read(work) {
      const connection = idle.pop() ?? (await new Promise<Connection>((resolve) => waiting.push(resolve)));
      try {
        await connection.execute('BEGIN');
        return await work(connection);
      } finally {
        await connection.execute('COMMIT').catch(() => undefined);
        const next = waiting.shift();
        if (next) next(connection);
        else idle.push(connection);
      }
    },
    async close() {
      await Promise.all(connections.map((connection) => connection.close()));
    },
  };
}
