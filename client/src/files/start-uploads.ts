import type { UploadSurroundings } from './run-uploads.ts';

const againAfterMs = 3_000;

/** What sends files loads with the first file that there is to send. Returns what ends it. */
export function startUploads(surroundings: UploadSurroundings): () => void {
  const { uploads, entries } = surroundings;
  let state: 'idle' | 'started' | 'stopped' = 'idle';
  let stopRunning = () => {};
  const isWanted = () =>
    uploads.get().length > 0 ||
    entries.get().some(({ attachments = [] }) => attachments.some(({ attachment }) => attachment === undefined));
  const wake = () => {
    if (state !== 'idle' || !isWanted()) return;
    state = 'started';
    import('./run-uploads.ts').then(
      ({ runUploads }) => {
        if (state === 'started') stopRunning = runUploads(surroundings);
      },
      () => {
        if (state === 'started') state = 'idle';
        setTimeout(wake, againAfterMs);
      },
    );
  };
  const stopListening = [uploads.subscribe(wake), entries.subscribe(wake)];
  return () => {
    state = 'stopped';
    for (const stop of stopListening) stop();
    stopRunning();
  };
}
