import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server } from '@tus/server';
import type { RefusalDetails, RefusalReason } from '../../../shared/refusals.ts';
import { Refusal } from '../refusal.ts';
import type { Store, Upload } from '../store/store.ts';
import { type FileLimits, gigabyte, isDiskFull, megabyte, requireRoom } from './file-limits.ts';
import { cleanName } from './file-name.ts';
import { LockTimeout, type UploadLocks } from './upload-locks.ts';
import { LockLost, type UploadsFolder } from './uploads-folder.ts';

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
  let tus: Promise<Pick<Server, 'handle'>> | undefined;

  return async (request, response, asking) => {
    try {
      const upload = asking.id === undefined ? undefined : await ownUpload(asking.id, asking.member);
      // One that doesn't say how much it brings may bring all that was announced.
      const brings = Number(request.headers['content-length'] ?? upload?.bytes ?? 0);
      if (request.method === 'PATCH') await requireRoom(dataDirectory, brings);
      if (request.method === 'DELETE' && asking.id !== undefined) await cancel(response, asking.id, asking.member);
      else {
        asked.set(request, asking);
        tus ??= startTus();
        await (await tus).handle(request, response);
      }
    } catch (error) {
      const { status, body } = explain(error);
      response.writeHead(status, { 'Content-Type': 'application/json', ...resumable }).end(body);
    }
  };

  async function startTus() {
    const { createTusServer } = await import('./tus-server.ts');
    return createTusServer({
      path: uploadsPath,
      ...{ store, uploads, locks, explain },
      maximumBytes: limits.fileMegabytes * megabyte,
      newId: () => randomBytes(16).toString('base64url'),
      idOf: (request) => asked.get(request)?.id,
      async onBegin(request, { id, bytes, name }) {
        const member = asked.get(request)?.member;
        if (member === undefined) throw new Refusal('not-signed-in');
        await requireRoom(dataDirectory, bytes);
        const most = { unsent: limits.unsentFiles, totalBytes: limits.totalGigabytes * gigabyte };
        await store.write({ kind: 'begin-upload', id, member, bytes, name: cleanName(name), limits: most });
      },
      async onReceived(id) {
        await store.write({ kind: 'note-received', id });
        options.onReceived();
      },
    });
  }

  /** Also one that is finished already, as long as no message has carried it. */
  async function cancel(response: ServerResponse, id: string, member: number): Promise<void> {
    await store.write({ kind: 'cancel-upload', id, member });
    if ((await store.upload(id)) === undefined) await uploads.remove(id);
    response.writeHead(204, resumable).end();
  }

  async function ownUpload(id: string, member: number): Promise<Upload> {
    const upload = await store.upload(id);
    if (upload?.member !== member) throw new Refusal('attachment-missing');
    return upload;
  }

  function explain(error: unknown): { status: number; body: string } {
    const { status, reason, details = {} } = refusalOf(error);
    if (reason === 'internal') options.onError(error);
    return { status, body: JSON.stringify({ code: reason, ...details }) };
  }

  function refusalOf(error: unknown): { status: number; reason: RefusalReason; details?: RefusalDetails } {
    if (isDiskFull(error)) return { status: 507, reason: 'storage-full' };
    if (error instanceof Refusal) {
      const { reason, details } = error;
      return { status: statuses[reason] ?? 503, reason, details };
    }
    if (error instanceof LockTimeout || error instanceof LockLost) return { status: 423, reason: 'overloaded' };
    // What the library itself says no to.
    const { status_code: status } = error as { status_code?: number };
    if (status === undefined) return { status: 500, reason: 'internal' };
    if (status === 413) return { status, reason: 'file-too-large', details: { limit: limits.fileMegabytes } };
    return { status, reason: status === 404 ? 'attachment-missing' : 'bad-request' };
  }
}

const resumable = { 'Tus-Resumable': '1.0.0' };
const statuses: Partial<Record<RefusalReason, number>> = { 'attachment-missing': 404, 'too-many-uploads': 429 };
