import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Server } from '@tus/server';
import type { RefusalDetails, RefusalReason } from '../../../shared/refusals.ts';
import { Refusal } from '../refusal.ts';
import type { Store } from '../store/store.ts';
import { type FileLimits, gigabyte, isDiskFull, megabyte, requireRoom } from './file-limits.ts';
import { cleanName } from './file-name.ts';
import { LockTimeout, type UploadLocks } from './upload-locks.ts';
import type { UploadsFolder } from './uploads-folder.ts';

export const uploadsPath = '/files/uploads';

export type UploadHandlerOptions = {
  store: Pick<Store, 'upload' | 'write'>;
  uploads: UploadsFolder;
  locks: UploadLocks;
  limits: FileLimits;
  /** On whose disk there must be room. */
  dataDirectory: string;
  onReceived(): void;
  onError(error: unknown): void;
};

/** Who asks, and for which upload; undefined to begin one. */
type Asking = { member: number; id: string | undefined };
export type UploadHandler = (request: IncomingMessage, response: ServerResponse, asking: Asking) => Promise<void>;

/** Uploads by the tus protocol, for whoever began them: what one replica has taken any other goes on from. */
export function createUploadHandler(options: UploadHandlerOptions): UploadHandler {
  const { store, uploads, locks, limits, dataDirectory } = options;
  const asked = new WeakMap<IncomingMessage, Asking>();
  const askingOf = (request: TusRequest): Asking => {
    const asking = request.runtime?.node && asked.get(request.runtime.node.req as IncomingMessage);
    if (asking === undefined) throw new Error('A request came from nowhere');
    return asking;
  };

  const tus = new Server({
    path: uploadsPath,
    datastore: uploads,
    locker: locks,
    relativeLocation: true,
    maxSize: limits.fileMegabytes * megabyte,
    allowedOrigins: [], // our own page only, which needs none to be named
    lockDrainTimeout: 200,
    namingFunction: () => randomBytes(16).toString('base64url'),
    // Never from the address as tus reads it: it was this id that was asked about.
    getFileIdFromRequest: (request) => askingOf(request).id,
    async onUploadCreate(request, { id, size = 0, metadata }) {
      const { member } = askingOf(request);
      await requireRoom(dataDirectory, size);
      await store.write({
        kind: 'begin-upload',
        ...{ id, member, bytes: size, name: cleanName(metadata?.filename ?? '') },
        limits: { unsent: limits.unsentFiles, totalBytes: limits.totalGigabytes * gigabyte },
      });
      return {};
    },
    async onUploadFinish(_, { id }) {
      await store.write({ kind: 'note-received', id });
      options.onReceived();
      return {};
    },
    onResponseError: (_, error) => {
      const { status, reason, details } = explain(error);
      if (reason === 'internal') options.onError(error);
      return { status_code: status, body: JSON.stringify({ code: reason, ...details }) };
    },
  });

  return async (request, response, asking) => {
    try {
      if (asking.id !== undefined) await requireOwn(asking.id, asking.member);
      if (request.method === 'PATCH') await requireRoom(dataDirectory, Number(request.headers['content-length'] ?? 0));
      if (request.method === 'DELETE' && asking.id !== undefined)
        await store.write({ kind: 'cancel-upload', id: asking.id, member: asking.member });
    } catch (error) {
      const { status, reason, details } = explain(error);
      if (reason === 'internal') options.onError(error);
      const headers = { 'Content-Type': 'application/json', 'Tus-Resumable': '1.0.0' };
      response.writeHead(status, headers).end(JSON.stringify({ code: reason, ...details }));
      return;
    }
    if (request.method === 'DELETE' && asking.id !== undefined) {
      await uploads.remove(asking.id);
      response.writeHead(204, { 'Tus-Resumable': '1.0.0' }).end();
      return;
    }
    asked.set(request, asking);
    await tus.handle(request, response);
  };

  async function requireOwn(id: string, member: number): Promise<void> {
    if ((await store.upload(id))?.member !== member) throw new Refusal('attachment-missing');
  }

  function explain(error: unknown): { status: number; reason: RefusalReason; details: RefusalDetails } {
    const answer = (status: number, reason: RefusalReason, details = {}) => ({ status, reason, details });
    if (isDiskFull(error)) return answer(507, 'storage-full');
    if (error instanceof Refusal) return answer(statuses[error.reason] ?? 503, error.reason, error.details);
    if (error instanceof LockTimeout) return answer(423, 'overloaded');
    const { status_code: status } = error as { status_code?: number };
    if (status === undefined) return answer(500, 'internal');
    if (status === 413) return answer(413, 'file-too-large', { limit: limits.fileMegabytes });
    return answer(status, status === 404 || status === 410 ? 'attachment-missing' : 'bad-request');
  }
}

type TusRequest = { runtime?: { node?: { req: unknown } | undefined } | undefined };

const statuses: Partial<Record<RefusalReason, number>> = { 'attachment-missing': 404, 'too-many-uploads': 429 };
