import type { Attachment, FileState } from '../../../shared/attachment.ts';
import { attachmentsLimit } from '../../../shared/limits.ts';
import type { Cell } from '../cell.ts';
import { refusalOf } from '../wire/refusal.ts';
import { keepFiles } from './kept-files.ts';
import { forgetLocalPicture, keepLocalPicture, measurePicture } from './local-pictures.ts';
import { pause, UploadRefused, uploadFile } from './tus-upload.ts';
import type { Upload, UploadState, Uploads, WaitingFile } from './upload.ts';

export type UploadSurroundings = {
  uploads: Uploads;
  /** Unsent messages, with the files that they wait for. */
  entries: Cell<readonly { attachments?: readonly WaitingFile[] | undefined }[]>;
  /** A file that an unsent message waits for is there. */
  attach(key: string, attachment: Attachment): void;
  limits(): Promise<Limits>;
  describe(id: string): Promise<FileState>;
  /** Names the log and the member. */
  owner: Promise<string>;
};

type Limits = { fileMegabytes: number };

const sentAtOnce = 2;
const progressEveryMs = 150;

/** Sends what was chosen, two files at a time, for as long as the person is signed in. Returns what ends it. */
export function runUploads(surroundings: UploadSurroundings): () => void {
  const { uploads, entries, attach, owner } = surroundings;
  const running = new Map<string, AbortController>();
  let limits: Promise<Limits> | undefined;
  const measured = new Set<string>();
  let kept: readonly Upload[] = [];
  let stopped = false;

  const change = (key: string, what: Partial<Upload>) =>
    uploads.set(uploads.get().map((upload) => (upload.key === key ? { ...upload, ...what } : upload)));
  const set = (key: string, state: UploadState) => change(key, { state });

  const run = async ({ key, file, state, name, size }: Upload, signal: AbortSignal) => {
    try {
      let id = state.kind === 'processing' ? state.id : undefined;
      if (id === undefined) {
        if (file === undefined) throw new UploadRefused('file-gone');
        limits ??= surroundings.limits();
        const { fileMegabytes } = await limits.catch(() => {
          limits = undefined;
          return { fileMegabytes: Number.POSITIVE_INFINITY };
        });
        signal.throwIfAborted();
        if (size > fileMegabytes * 1_000_000) throw new UploadRefused('file-too-large', fileMegabytes);
        let shownAt = 0;
        set(key, { kind: 'sending', sent: 0 });
        id = await uploadFile({
          file: file.name === name ? file : new File([file], name, { type: file.type }),
          signal,
          onProgress(sent) {
            if (Date.now() - shownAt < progressEveryMs) return;
            shownAt = Date.now();
            set(key, { kind: 'sending', sent });
          },
        });
        set(key, { kind: 'processing', id });
      }
      const attachment = await described(id, signal);
      if (file) keepLocalPicture(attachment, file);
      set(key, { kind: 'ready', attachment });
    } catch (error) {
      if (signal.aborted) return;
      const { code, limit } = error instanceof UploadRefused ? error : { code: 'unknown', limit: undefined };
      set(key, { kind: 'failed', code, limit });
    }
  };

  const described = async (id: string, signal: AbortSignal): Promise<Attachment> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const answer = await surroundings.describe(id);
        if (answer.state === 'ready') return answer.attachment;
        if (answer.state === 'refused') throw new UploadRefused(answer.code, answer.details.limit);
      } catch (error) {
        if (error instanceof UploadRefused) throw error;
        const reason = refusalOf(error)?.reason;
        if (reason !== undefined && !passing.has(reason)) throw new UploadRefused(reason);
      }
      await pause(Math.min(attempt, 3), signal);
    }
  };

  /** Brings the list and what runs into step with what was chosen, removed and written. */
  const follow = () => {
    if (stopped) return;
    const wanted = new Map(
      entries.get().flatMap(({ attachments = [] }) => attachments.map((file) => [file.key, file])),
    );
    const now = uploads.get();
    const known = new Map(now.map((upload) => [upload.key, upload]));
    // Of an earlier page.
    const returned = [...wanted.values()].filter(({ key, attachment }) => attachment === undefined && !known.has(key));
    const left = now.filter(({ key, place }) => place !== undefined || wanted.has(key));
    if (returned.length > 0 || left.length < now.length) {
      uploads.set([
        ...left,
        ...returned.map(
          ({ attachment: _, ...file }): Upload => ({ ...file, place: undefined, state: { kind: 'waiting' } }),
        ),
      ]);
      return;
    }
    const before = kept;
    kept = now;
    for (const { key, file } of before) if (!known.has(key)) forgetLocalPicture(file);
    for (const { key, file } of now)
      if (file && !measured.has(key)) {
        measured.add(key);
        void measurePicture(file).then((size) => size && change(key, size));
      }
    void owner.then((name) => keepFiles(name, before, now));
    for (const { key, attachment } of wanted.values()) {
      const state = known.get(key)?.state;
      if (attachment === undefined && state?.kind === 'ready') return attach(key, state.attachment);
    }
    const surplus = tooMany(now);
    if (surplus !== undefined) return set(surplus, { kind: 'failed', code: 'too-many-files', limit: attachmentsLimit });
    for (const [key, controller] of running) if (!known.has(key)) controller.abort();
    for (const upload of now) start(upload);
  };

  const start = (upload: Upload) => {
    const { key, state } = upload;
    const restored = state.kind === 'processing';
    if (running.has(key) || (state.kind !== 'waiting' && !restored)) return;
    if (!restored && [...running.keys()].filter((one) => isSending(uploads.get(), one)).length >= sentAtOnce) return;
    const controller = new AbortController();
    running.set(key, controller);
    void run(upload, controller.signal).finally(() => {
      running.delete(key);
      follow();
    });
  };

  const stopListening = [uploads.subscribe(follow), entries.subscribe(follow)];
  follow();
  return () => {
    stopped = true;
    for (const stop of stopListening) stop();
    for (const controller of running.values()) controller.abort();
  };
}

/** These pass by themselves. */
const passing = new Set<string>(['overloaded', 'internal', 'not-signed-in']);

function isSending(uploads: readonly Upload[], key: string): boolean {
  const kind = uploads.find((upload) => upload.key === key)?.state.kind;
  return kind === 'waiting' || kind === 'sending';
}

/** The first file beyond what one message may carry. */
function tooMany(uploads: readonly Upload[]): string | undefined {
  const counts = new Map<string, number>();
  return uploads.find(({ place, state }) => {
    if (place === undefined || state.kind === 'failed') return false;
    counts.set(place, (counts.get(place) ?? 0) + 1);
    return (counts.get(place) ?? 0) > attachmentsLimit && state.kind === 'waiting';
  })?.key;
}
