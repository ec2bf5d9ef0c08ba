import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finishUpload } from '../../../server/chat/files/finish-upload.ts';
import { openFolderFileStore } from '../../../server/chat/files/folder-file-store.ts';
import { createPictureWorker } from '../../../server/chat/files/pictures/picture-worker.ts';
import { openUploadsFolder } from '../../../server/chat/files/uploads-folder.ts';
import type { Store } from '../../../server/chat/store/store.ts';
import { type DemoFile, demoFiles } from './demo-files.ts';

const holder = 'demo';
const limits = { fileMegabytes: 100, totalGigabytes: 0, unsentFiles: 100, types: [] };

export type DemoFiles = {
  /** Uploads a file as somebody; resolves with what a message carries. */
  upload(member: number, name: DemoFile): Promise<string>;
  stop(): void;
};

/** Files become what they are by the same steps as any upload. */
export function keepDemoFiles(store: Store, dataDirectory: string): DemoFiles {
  const folder = join(dataDirectory, 'uploads');
  const uploads = openUploadsFolder(folder, () => true);
  const files = openFolderFileStore(join(dataDirectory, 'files'));
  const pictures = createPictureWorker();
  mkdirSync(folder, { recursive: true });
  return {
    async upload(member, name) {
      const id = randomBytes(16).toString('base64url');
      const bytes = await demoFiles[name]();
      writeFileSync(uploads.pathOf(id), bytes);
      const about = { member, name, bytes: bytes.length, limits: { unsent: limits.unsentFiles, totalBytes: 0 } };
      await store.write({ kind: 'begin-upload', id, ...about });
      await store.write({ kind: 'note-received', id });
      await store.write({ kind: 'lock-upload', id, holder, forMs: 60_000 });
      const upload = await store.upload(id);
      if (upload === undefined) throw new Error(`${name} is gone`);
      await finishUpload(upload, holder, { store, files, uploads, pictures, limits });
      await store.write({ kind: 'unlock-upload', id, holder });
      return id;
    },
    stop: () => pictures.stop(),
  };
}
