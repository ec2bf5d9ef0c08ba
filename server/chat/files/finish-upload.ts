import { createHash, randomBytes } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { Attachment } from '../../../shared/attachment.ts';
import { fileNameLimit } from '../../../shared/limits.ts';
import type { Variant } from '../store/mutations.ts';
import type { Store, Upload } from '../store/store.ts';
import { type FileLimits, typeAccepted } from './file-limits.ts';
import type { FileStore } from './file-store.ts';
import { mayTellPlace } from './forget-place.ts';
import { mediaTypeOf, sniffedBytes } from './media-type.ts';
import { pixelsLimit } from './pictures/picture-job.ts';
import type { PictureWorker } from './pictures/picture-worker.ts';
import type { UploadsFolder } from './uploads-folder.ts';

export type FinishOptions = {
  store: Pick<Store, 'write' | 'upload'>;
  files: FileStore;
  uploads: UploadsFolder;
  pictures: PictureWorker;
  limits: FileLimits;
};

/** At once. */
const hashedBytes = 262_144;

type Made = { attachment: Attachment; paths: Partial<Record<Variant, string>> };
type Refused = { reason: 'file-type-refused' | 'picture-too-large' };

/**
 * Makes a file of an upload whose bytes are all there. Whoever calls it holds the upload's lock; should they be killed,
 * the next one begins anew, and finds the upload as it was. One that stands still may lose the lock while it works: what it
 * makes has names of its own, so that it never takes away or writes over what the other one makes.
 */
export async function finishUpload(upload: Upload, holder: string, options: FinishOptions): Promise<void> {
  const { store, files } = options;
  const { id } = upload;
  const made = await make(upload, options);
  if ('reason' in made) await store.write({ kind: 'refuse-upload', id, holder, reason: made.reason });
  else {
    const attempt = randomBytes(16).toString('base64url');
    const contents = await Promise.all(
      Object.entries(made.paths).map(async ([variant, path]) => {
        const [sha256, { size: bytes }] = [await hashOf(path), await stat(path)];
        return { variant: variant as Variant, key: `${sha256}.${attempt}`, sha256, bytes, path };
      }),
    );
    for (const { key, path } of contents) await files.keep(key, path);
    const kept = contents.map(({ path: _, ...content }) => content);
    const { used } = await store.write({
      ...{ kind: 'finish-upload', id, holder },
      ...{ attachment: made.attachment, contents: kept },
    });
    // The same was there before, whoever uploaded it has thought better of it, or another replica was faster.
    for (const { key } of contents) if (!used.includes(key)) await files.remove(key);
  }
  await removeUnlessAwaited(id, options);
}

/** Of an upload that is finished, refused or cancelled; where it isn't, whoever has its lock now still needs it. */
export async function removeUnlessAwaited(
  id: string,
  { store, uploads }: Pick<FinishOptions, 'store' | 'uploads'>,
): Promise<void> {
  if ((await store.upload(id))?.state !== 'received') await uploads.remove(id);
}

async function make(upload: Upload, { uploads, pictures, limits }: FinishOptions): Promise<Made | Refused> {
  const { id, name, bytes } = upload;
  const from = uploads.pathOf(id);
  const { mediaType, kind } = mediaTypeOf(await headOf(from, bytes));
  if (!typeAccepted(limits, mediaType)) return { reason: 'file-type-refused' };
  if (mayTellPlace(mediaType)) {
    const { kind: forgotten } = await pictures.forgetPlace(from);
    if (forgotten === 'unreadable') return { reason: 'file-type-refused' };
    if (forgotten === 'failed') throw new Error('A file could not be overwritten');
  }
  if (kind !== 'picture') return { attachment: { id, name, mediaType, size: bytes, kind }, paths: { original: from } };

  const workshop = await uploads.workshopOf(id);
  const paths = { original: join(workshop, 'clean'), view: join(workshop, 'view'), small: join(workshop, 'small') };
  const outcome = await pictures.process({
    from,
    clean: paths.original,
    variants: [
      { path: paths.view, width: 1_600, height: 1_600, fit: 'inside' },
      { path: paths.small, width: 480, height: 480, fit: 'inside' },
    ],
  });
  switch (outcome.kind) {
    case 'too-large':
      return { reason: 'picture-too-large' };
    case 'unreadable':
      return { reason: 'file-type-refused' };
    case 'failed':
      throw new Error('A picture could not be written');
    case 'done': {
      const { kind: _, ...picture } = outcome;
      const { size } = await stat(paths.original);
      return { attachment: { id, name: nameFor(name, picture.mediaType), size, kind, ...picture }, paths };
    }
  }
}

/** What the limit in a refusal counts. */
export const pixelsLimitMillions = pixelsLimit / 1_000_000;

const endings: Record<string, string[]> = {
  'image/jpeg': ['.jpg', '.jpeg', '.jpe', '.jfif'],
  'image/png': ['.png', '.apng'],
  'image/gif': ['.gif'],
  'image/webp': ['.webp'],
};

/** A picture ends as what it is, so that nothing else opens it after a download. */
function nameFor(name: string, mediaType: string): string {
  const known = endings[mediaType] ?? [];
  if (known.includes(extname(name).toLowerCase())) return name;
  return `${name.slice(0, fileNameLimit - 5).replace(/[\uD800-\uDBFF]$/, '')}${known[0] ?? ''}`;
}

async function headOf(path: string, bytes: number): Promise<Buffer> {
  if (bytes === 0) return Buffer.alloc(0);
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  const bytes = Buffer.allocUnsafeSlow(hashedBytes);
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, null);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(bytes.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
