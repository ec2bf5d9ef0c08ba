import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { DataStore, ERRORS, type Locker, Server, Upload } from '@tus/server';
import type { Store } from '../store/store.ts';
import type { UploadsFolder } from './uploads-folder.ts';

export type TusOptions = {
  path: string;
  store: Pick<Store, 'upload'>;
  uploads: UploadsFolder;
  locks: Locker;
  maximumBytes: number;
  newId(): string;
  idOf(request: IncomingMessage): string | undefined;
  /** Before there is anything of it; whoever is refused is told why. */
  onBegin(request: IncomingMessage, upload: { id: string; bytes: number; name: string }): Promise<void>;
  onReceived(id: string): Promise<void>;
  explain(error: unknown): { status: number; body: string };
};

/** The tus protocol as its own library speaks it. Loaded with the first upload: it takes 20 MB. */
export function createTusServer(options: TusOptions): Pick<Server, 'handle'> {
  return new Server({
    path: options.path,
    datastore: createDataStore(options),
    locker: options.locks,
    relativeLocation: true,
    maxSize: options.maximumBytes,
    allowedOrigins: [], // our own page only, which needs none to be named
    lockDrainTimeout: 200,
    namingFunction: options.newId,
    // Never from the address as tus reads it: it was this id that was asked about.
    getFileIdFromRequest: (request) => options.idOf(incoming(request)),
    async onUploadCreate(request, { id, size: bytes = 0, metadata }) {
      await options.onBegin(incoming(request), { id, bytes, name: metadata?.filename ?? '' });
      return {};
    },
    async onUploadFinish(_, { id }) {
      await options.onReceived(id);
      return {};
    },
    onResponseError(_, error) {
      const { status, body } = options.explain(error);
      return { status_code: status, body };
    },
  });
}

function createDataStore({ store, uploads }: TusOptions): DataStore {
  const dataStore = new (class extends DataStore {
    override async create(upload: Upload): Promise<Upload> {
      await uploads.create(upload.id);
      return upload;
    }

    override async getUpload(id: string): Promise<Upload> {
      const known = await store.upload(id);
      if (known === undefined) throw ERRORS.FILE_NOT_FOUND;
      const done = known.state === 'ready' || known.state === 'refused';
      const offset = done ? known.bytes : await uploads.receivedBytes(id);
      return new Upload({ id, size: known.bytes, offset });
    }

    override write(stream: Readable, id: string, offset: number): Promise<number> {
      return uploads.write(id, offset, stream);
    }
  })();
  dataStore.extensions = ['creation', 'termination'];
  return dataStore;
}

type TusRequest = { runtime?: { node?: { req: unknown } | undefined } | undefined };

function incoming({ runtime }: TusRequest): IncomingMessage {
  if (runtime?.node === undefined) throw new Error('A request came from nowhere');
  return runtime.node.req as IncomingMessage;
}
