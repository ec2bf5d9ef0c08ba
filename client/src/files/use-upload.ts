import { useContext, useSyncExternalStore } from 'react';
import { type Upload, type UploadState, UploadsContext } from './upload.ts';

/** One file on its way; who asks is drawn again only when something happens to it. */
export function useUpload(key: string): Upload | undefined {
  const uploads = useContext(UploadsContext);
  return useSyncExternalStore(uploads.subscribe, () => uploads.get().find((upload) => upload.key === key));
}

type Changes = { retry(): void; remove(): void };

export function useUploadChanges(key: string): Changes {
  const uploads = useContext(UploadsContext);
  const set = (state: UploadState) =>
    uploads.set(uploads.get().map((upload) => (upload.key === key ? { ...upload, state } : upload)));
  return {
    retry: () => set({ kind: 'waiting' }),
    remove: () => uploads.set(uploads.get().filter((upload) => upload.key !== key)),
  };
}
