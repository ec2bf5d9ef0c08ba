import { Attachment } from '../../../../shared/attachment.ts';
import type { RefusalReason } from '../../../../shared/refusals.ts';
import type { ReadableFile, Upload } from '../store.ts';
import type { Connection } from './connection.ts';

type FileRow = {
  id: string;
  member: number;
  name: string;
  bytes: number;
  state: Upload['state'];
  refusal: RefusalReason | null;
  attachment: string | null;
};

export async function readUpload(reader: Connection, id: string): Promise<Upload | undefined> {
  const [row] = await reader.all<FileRow>(
    'SELECT id, member, name, bytes, state, refusal, attachment FROM files WHERE id = ?',
    id,
  );
  return row && uploadOf(row);
}

/** In turn by whose they are: who sends fifty large pictures holds up nobody else's first one. */
export async function readReceived(reader: Connection, limit: number): Promise<Upload[]> {
  const rows = await reader.all<FileRow>(
    `SELECT id, member, name, bytes, state, refusal, attachment FROM files WHERE state = 'received'
     ORDER BY row_number() OVER (PARTITION BY member ORDER BY touched_at, id), touched_at LIMIT ?`,
    limit,
  );
  return rows.map(uploadOf);
}

/** For who may read a message that carries it, and for its uploader as long as none has. */
export async function readFile(reader: Connection, member: number, id: string): Promise<ReadableFile | undefined> {
  const [file] = await reader.all<{ attachment: string }>(
    `SELECT attachment FROM files AS f WHERE id = ?1 AND state = 'ready' AND (
       sent = 0 AND member = ?2
       OR EXISTS (SELECT 1 FROM attachments AS a JOIN messages AS m ON m.id = a.message AND m.deleted_by IS NULL
                  JOIN memberships AS s ON s.channel = m.channel AND s.member = ?2 WHERE a.file = f.id))`,
    id,
    member,
  );
  if (file === undefined) return undefined;
  const contents = await reader.all<{ variant: 'original' | 'view' | 'small'; key: string; bytes: number }>(
    'SELECT v.variant, c.key, c.bytes FROM file_contents AS v JOIN contents AS c ON c.key = v.key WHERE v.file = ?',
    id,
  );
  const attachment = Attachment.parse(JSON.parse(file.attachment));
  return { attachment, contents: new Map(contents.map(({ variant, ...content }) => [variant, content])) };
}

export async function readDoomed(reader: Connection, limit: number): Promise<string[]> {
  const rows = await reader.all<{ key: string }>('SELECT key FROM doomed_contents LIMIT ?', limit);
  return rows.map(({ key }) => key);
}

/** Of these ids those that uploads still have bytes for, and of these keys those that are kept. */
export async function readKnown(
  reader: Connection,
  { uploads, keys }: { uploads: string[]; keys: string[] },
): Promise<Set<string>> {
  const rows = await reader.all<{ name: string }>(
    `SELECT id AS name FROM files WHERE state IN ('uploading', 'received') AND id IN (SELECT value FROM json_each(?))
     UNION ALL SELECT key FROM contents WHERE key IN (SELECT value FROM json_each(?))`,
    JSON.stringify(uploads),
    JSON.stringify(keys),
  );
  return new Set(rows.map(({ name }) => name));
}

function uploadOf({ id, member, name, bytes, state, refusal, attachment }: FileRow): Upload {
  return {
    ...{ id, member, name, bytes, state },
    ...(refusal === null ? {} : { refusal }),
    ...(attachment === null ? {} : { attachment: Attachment.parse(JSON.parse(attachment)) }),
  };
}
