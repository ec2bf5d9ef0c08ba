import { later } from '../design/later.tsx';
import { withPhrases } from '../loading/with-phrases.ts';

/** What shows files, and all that it needs, loads with the first of them that is to be shown. */
export const MessageFiles = later(withPhrases(async () => (await import('./message-files.tsx')).MessageFiles));
export const FilesMark = later(withPhrases(async () => (await import('./files-mark.tsx')).FilesMark));
export const ComposerFiles = later(withPhrases(async () => (await import('./composer-files.tsx')).ComposerFiles));

let shown: Promise<unknown> | undefined;

/** Before a page of messages with files is shown: their places are there from the first moment then. */
export async function readyForFiles(messages: readonly { attachments?: readonly unknown[] | undefined }[]) {
  if (!messages.some(({ attachments = [] }) => attachments.length > 0)) return;
  shown ??= MessageFiles.load();
  await shown.catch(() => {
    shown = undefined;
  });
}
