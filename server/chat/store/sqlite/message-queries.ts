import type { MessageVersions } from '../../../../shared/protocol.ts';
import type { Connection } from './connection.ts';
import { readableMessage } from './message-access.ts';

export async function readVersions(reader: Connection, member: number, message: number): Promise<MessageVersions> {
  await readableMessage(reader, member, message);
  const versions = await reader.all<{ text: string; at: number }>(
    'SELECT text, at FROM message_versions WHERE message = ? ORDER BY seq',
    message,
  );
  return { versions };
}
