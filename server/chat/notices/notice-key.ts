import { createECDH } from 'node:crypto';
import type { NoticeKey } from '../store/mutations.ts';
import type { Store } from '../store/store.ts';

/** The workspace's own, made when it is first asked for; whichever replica is first, all have the same from then on. */
export async function noticeKey(store: Pick<Store, 'noticeKey' | 'write'>): Promise<NoticeKey> {
  const known = await store.noticeKey();
  if (known !== undefined) return known;
  await store.write({ kind: 'keep-notice-key', ...newKey() });
  const kept = await store.noticeKey();
  if (kept === undefined) throw new Error('A key that was just kept is gone');
  return kept;
}

function newKey(): NoticeKey {
  const pair = createECDH('prime256v1');
  const publicKey = pair.generateKeys().toString('base64url');
  // Without its leading zeros it would be shorter than the curve's 32 bytes.
  const privateKey = Buffer.concat([Buffer.alloc(32), pair.getPrivateKey()])
    .subarray(-32)
    .toString('base64url');
  return { publicKey, privateKey };
}
