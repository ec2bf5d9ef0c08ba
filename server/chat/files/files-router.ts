import { z } from 'zod';
import { FileId, type FileState } from '../../../shared/attachment.ts';
import { router, signedIn } from '../procedures.ts';
import { Refusal } from '../refusal.ts';
import { pixelsLimitMillions } from './finish-upload.ts';

export const filesRouter = router({
  /** What may be uploaded, to be said before it is begun. */
  limits: signedIn.query(({ ctx }) => ({ fileMegabytes: ctx.files.limits.fileMegabytes })),

  /** What an upload of one's own has become. */
  describe: signedIn.input(z.object({ id: FileId })).query(async ({ ctx, input: { id } }): Promise<FileState> => {
    const upload = await ctx.store.upload(id);
    if (upload?.member !== ctx.me.id) throw new Refusal('attachment-missing');
    const { state, bytes, attachment, refusal: code = 'internal' } = upload;
    if (state === 'ready' && attachment !== undefined) return { state, attachment };
    if (state === 'refused')
      return { state, code, details: code === 'picture-too-large' ? { limit: pixelsLimitMillions } : {} };
    // The replica that had its last byte may have been killed before it said so.
    if (state === 'uploading') {
      if ((await ctx.files.receivedBytes(id)) < bytes) throw new Refusal('attachment-missing');
      await ctx.store.write({ kind: 'note-received', id });
    }
    ctx.files.wake();
    return { state: 'processing' };
  }),
});
