import type { Sent } from '../../../../shared/protocol.ts';
import { Refusal } from '../../refusal.ts';
import type { LogTransaction } from './log-transaction.ts';

type Request = { author: number; clientId: string; requestHash: string };
type SentRow = { id: number; number: number; request_hash: string; at: number; replica: string };

/** The first answer to a request that was made before; undefined where it is new. */
export async function firstAnswer(
  transaction: LogTransaction,
  { author, clientId, requestHash }: Request,
): Promise<Sent | undefined> {
  const [row] = await transaction.all<SentRow>(
    'SELECT id, number, request_hash, at, replica FROM messages WHERE client_id = ? AND author = ?',
    clientId,
    author,
  );
  if (row === undefined) return undefined;
  if (row.request_hash !== requestHash) throw new Refusal('client-id-reused');
  return { seq: row.id, number: row.number, at: row.at, replica: row.replica };
}
