import type { IncomingMessage, ServerResponse } from 'node:http';
import { avatarBytesLimit } from '../../../shared/limits.ts';
import { secretHashOf } from '../connections/session-cookie.ts';
import type { CountAttempt } from '../identity/attempts.ts';
import { sessionOf } from '../identity/session-of.ts';
import { Refusal } from '../refusal.ts';
import type { Session, Store } from '../store/store.ts';
import { type MakeAvatar, tooLarge } from './make-avatar.ts';

const avatarsPath = '/files/avatars';

export function isAvatarPath(path: string): boolean {
  return path === avatarsPath || path.startsWith(`${avatarsPath}/`);
}

/** In a quarter of an hour, by one person: each takes a decoder some tenths of a second. */
const changesLimit = 20;

const statuses: Partial<Record<Refusal['reason'], number>> = {
  'not-signed-in': 401,
  'file-too-large': 413,
  'picture-too-large': 413,
  'file-type-refused': 415,
  'too-many-attempts': 429,
  'unknown-procedure': 404,
  overloaded: 503,
  'storage-full': 507,
};

type AvatarOptions = {
  store: Pick<Store, 'session' | 'write' | 'avatar'>;
  publicOrigin: string | undefined;
  countAttempt: CountAttempt;
  makeAvatar: MakeAvatar;
  onError(error: unknown): void;
};

/** `POST` takes a picture to be mine, `GET` behind its id gives one to whoever is signed in. */
export function createAvatarHandler({ store, publicOrigin, countAttempt, makeAvatar, onError }: AvatarOptions) {
  /** `shown` are the pictures that whoever is here may see before they have signed in. */
  return async (
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
    shown: ReadonlySet<string>,
  ): Promise<void> => {
    try {
      const id = path.slice(avatarsPath.length + 1);
      if (request.method === 'GET' && shown.has(id)) return await give(response, id);
      const session = await sessionOf(store, secretHashOf(request, publicOrigin));
      if (session === undefined) throw new Refusal('not-signed-in');
      if (request.method === 'POST' && path === avatarsPath) await take(request, response, session);
      else if (request.method === 'GET' && path.startsWith(`${avatarsPath}/`)) await give(response, id);
      else throw new Refusal('unknown-procedure');
    } catch (error) {
      refuse(request, response, error);
    }
  };

  async function take(request: IncomingMessage, response: ServerResponse, { member }: Session): Promise<void> {
    await countAttempt([{ key: `avatar ${member.id}`, limit: changesLimit }]);
    if (Number(request.headers['content-length'] ?? 0) > avatarBytesLimit) throw tooLarge();
    const avatar = await makeAvatar(request, member.id);
    await store.write({ kind: 'set-avatar', member: member.id, avatar });
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ avatar: avatar.id }));
  }

  /** Its address says what it is, so that a browser that has it never asks again. */
  async function give(response: ServerResponse, id: string): Promise<void> {
    const bytes = await store.avatar(id);
    if (bytes === undefined) throw new Refusal('unknown-procedure');
    response
      .writeHead(200, {
        'Content-Type': 'image/webp',
        'Content-Length': bytes.length,
        'Cache-Control': 'private, max-age=31536000, immutable',
        'Content-Security-Policy': "default-src 'none'; sandbox",
        'Cross-Origin-Resource-Policy': 'same-origin',
      })
      .end(bytes);
  }

  function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (!(error instanceof Refusal)) onError(error);
    const { reason, details } = error instanceof Refusal ? error : new Refusal('internal');
    if (response.headersSent) return void response.destroy();
    // Read and thrown away, as long as requests may take: a client that is cut off while it sends never sees the answer.
    request.resume();
    const body = { error: { message: reason, code: -32_600, data: { reason, details } } };
    response.writeHead(statuses[reason] ?? 500, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  }
}
