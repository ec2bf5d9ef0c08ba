import { join } from 'node:path';
import type { Store, StoredEvent } from '../store/store.ts';
import { collectFiles } from './collect-files.ts';
import type { FileLimits } from './file-limits.ts';
import { createFilesHandler, type FilesHandler } from './files-handler.ts';
import { finishUploads } from './finish-uploads.ts';
import { openFolderFileStore } from './folder-file-store.ts';
import type { PictureWorker } from './pictures/picture-worker.ts';
import { createUploadHandler } from './upload-handler.ts';
import { createUploadLocks } from './upload-locks.ts';
import { openUploadsFolder } from './uploads-folder.ts';

/** What a procedure may ask of it. */
export type FilesContext = {
  limits: FileLimits;
  receivedBytes(id: string): Promise<number>;
  /** An upload may have arrived. */
  wake(): void;
};

export type Files = {
  handler: FilesHandler;
  context: FilesContext;
  seen(event: StoredEvent): void;
  stop(): Promise<void>;
};

/** Files of one replica: taking them, making them ready, serving them, and taking them away again. */
export function startFiles(options: {
  store: Store;
  dataDirectory: string;
  replica: string;
  pictures: PictureWorker;
  limits: FileLimits;
  onError(error: unknown): void;
}): Files {
  const { store, dataDirectory, replica, pictures, limits, onError } = options;
  const files = openFolderFileStore(join(dataDirectory, 'files'));
  const locks = createUploadLocks(store, { replica });
  const uploads = openUploadsFolder(join(dataDirectory, 'uploads'), locks.holds);
  const finishing = finishUploads({ store, files, uploads, pictures, limits, locks, onError });
  const collecting = collectFiles({ store, files, uploads, replica, onError });
  const upload = createUploadHandler({
    ...{ store, uploads, locks, limits, dataDirectory, onError },
    onReceived: finishing.wake,
  });

  return {
    handler: createFilesHandler({ store, files, upload }),
    context: { limits, receivedBytes: uploads.receivedBytes, wake: finishing.wake },
    seen({ kind }) {
      if (kind === 'message-deleted') collecting.wake();
    },
    async stop() {
      await Promise.all([finishing.stop(), collecting.stop()]);
    },
  };
}
