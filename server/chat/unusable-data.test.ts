import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createWorkspace } from './testing/replica-process.ts';

/** How a replica ends that is started on a file made by `prepare`. */
async function endOn(prepare: (path: string) => void) {
  const { dataDirectory, runDirectory } = await createWorkspace();
  mkdirSync(dataDirectory);
  prepare(join(dataDirectory, 'ronda.sqlite'));
  const environment = { DATA_DIRECTORY: dataDirectory, RUN_DIRECTORY: runDirectory, REPLICA_ID: 'chat-1' };
  const child = spawn(process.execPath, ['server/chat/main.ts'], { env: { ...process.env, ...environment } });
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { complaint, code };
}

test.each<[string, (path: string) => void, RegExp]>([
  ['is no database', (path) => writeFileSync(path, 'My shopping list. '.repeat(500)), /is no database/],
  [
    'is of a newer release',
    (path) => new DatabaseSync(path).exec('PRAGMA user_version = 999'),
    /not of a newer one \(schema 999/,
  ],
  [
    'is damaged',
    (path) => {
      const database = new DatabaseSync(path);
      database.exec('CREATE TABLE a (b)');
      database.close();
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill(0x5a, 100, 200)); // where the schema begins
    },
    /is damaged\. Restore a backup/,
  ],
])(
  '[G9.2] [G10.9] data that %s is refused in one sentence, and nobody starts again on it',
  async (_, prepare, sentence) => {
    const { complaint, code } = await endOn(prepare);
    expect(complaint).toMatch(sentence);
    expect(complaint.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(78);
  },
);
