import { z } from 'zod';
import { attachmentsLimit, fileNameLimit } from './limits.ts';
import type { RefusalDetails, RefusalReason } from './refusals.ts';

/** An upload's id; nobody can guess it: 128 random bits, base64url. */
export const FileId = z.string().regex(/^[A-Za-z0-9_-]{22}$/);

/** How a file is shown. What can't be drawn or played safely is a `file`, which is only ever downloaded. */
export const FileKind = z.enum(['picture', 'video', 'audio', 'file']);
export type FileKind = z.infer<typeof FileKind>;

/**
 * A file that a message carries. `GET /files/<id>/<name>` is the file itself, without what a camera wrote into it; of a
 * picture `/files/<id>/view` and `/files/<id>/small` are WebP of at most 1,600 and 480 pixels a side.
 */
export const Attachment = z.object({
  id: FileId,
  /** One line without paths, controls or direction overrides. */
  name: z.string().min(1).max(fileNameLimit),
  /** Told by its bytes, never by its name. */
  mediaType: z.string().max(100),
  /** Bytes. */
  size: z.number().int().nonnegative(),
  kind: FileKind,
  /** Of a picture as it is seen, turned the right way up. */
  width: z.number().int().positive().optional(),
  height: z.number().int().positive().optional(),
  /** Base64, about 25 bytes: what stands in a picture's place until it is there. */
  thumbhash: z.string().max(60).optional(),
});
export type Attachment = z.infer<typeof Attachment>;

export const Attachments = z.array(Attachment).max(attachmentsLimit);

/** What an upload whose last byte has arrived has become: soon it can be sent, or it won't be a file. */
export type FileState =
  | { state: 'processing' }
  | { state: 'ready'; attachment: Attachment }
  | { state: 'refused'; code: RefusalReason; details: RefusalDetails };
