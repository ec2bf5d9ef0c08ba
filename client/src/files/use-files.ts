import { type RefObject, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { mintClientId } from '../../../shared/client-id.ts';
import { asWaiting, keptKey, type Upload, UploadsContext, type WaitingFile } from './upload.ts';

export type ComposerFiles = {
  count: number;
  /** A picture that came with a text, which was pasted instead: it can still be had. */
  offered: { files: File[]; text: string } | undefined;
  /** Where something would be dropped now. */
  target: DOMRect | undefined;
  add(files: Iterable<File>): void;
  /** True where what was pasted are files, and taken. */
  paste(data: DataTransfer): boolean;
  dismiss(): void;
  /** What the next message carries; undefined where one of them needs the person first. */
  toSend(): WaitingFile[] | undefined;
  /** They belong to a message now. */
  sent(files: readonly WaitingFile[]): void;
};

/** The files above one composer. Whatever they need beyond this loads with the first of them. */
export function useFiles(form: RefObject<HTMLFormElement | null>, owner: string, place: string): ComposerFiles {
  const uploads = useContext(UploadsContext);
  const here = () => uploads.get().filter((upload) => upload.place === place);
  const count = useSyncExternalStore(uploads.subscribe, () => here().length);
  const [offered, offer] = useState<ComposerFiles['offered']>();
  const [target, setTarget] = useState<DOMRect>();

  const add = (files: Iterable<File>) => {
    offer(undefined);
    const added = Array.from(files, (file): Upload => {
      const { name, type: mediaType, size } = file;
      return { key: mintClientId(), place, name, mediaType, size, file, state: { kind: 'waiting' } };
    });
    uploads.set([...uploads.get(), ...added]);
  };

  useEffect(() => {
    if (!hasKept(owner, place)) return;
    void import('./kept-files.ts').then(({ restoreFiles }) => restoreFiles(uploads, owner, place)).catch(() => {});
  }, [uploads, owner, place]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it adds to the same place for as long as it lives
  useEffect(() => {
    // A picture of ours that is dragged about counts as a file too.
    let ours = false;
    const onDrag = (event: DragEvent) => {
      const data = event.dataTransfer;
      if (event.type === 'dragstart' || event.type === 'dragend') ours = event.type === 'dragstart';
      if (ours || !data?.types.includes('Files')) return;
      // Dropped anywhere else it would open in the page's place.
      event.preventDefault();
      const pane = form.current?.closest('main, aside');
      const over = event.type === 'dragleave' ? event.relatedTarget : event.target;
      const inside = over instanceof Node && pane?.contains(over) && document.querySelector('dialog[open]') === null;
      if (event.type === 'drop' && inside) add(data.files);
      setTarget((now) => (inside && event.type !== 'drop' ? (now ?? pane?.getBoundingClientRect()) : undefined));
    };
    const kinds = ['dragstart', 'dragend', 'dragenter', 'dragover', 'dragleave', 'drop'] as const;
    for (const kind of kinds) addEventListener(kind, onDrag);
    return () => {
      for (const kind of kinds) removeEventListener(kind, onDrag);
    };
  }, []);

  return {
    count,
    offered,
    target,
    add,
    paste(data) {
      const files = [...data.files];
      const text = data.getData('text/plain');
      // Spreadsheets and Word put a picture of the text beside it. A file that was copied brings only its name.
      const beaten = text.trim() !== '' && files.every(({ name, type }) => /^image/.test(type) && !text.includes(name));
      if (files.length > 0 && !beaten) add(files);
      else offer(files.length > 0 ? { files, text } : undefined);
      return files.length > 0 && !beaten;
    },
    dismiss: () => offer(undefined),
    toSend() {
      const files = here();
      if (files.some(({ state }) => state.kind === 'failed')) {
        form.current?.querySelector<HTMLElement>('[data-failed] button')?.focus();
        return undefined;
      }
      return files.map(asWaiting);
    },
    sent(files) {
      offer(undefined);
      const keys = new Set(files.map(({ key }) => key));
      uploads.set(uploads.get().map((upload) => (keys.has(upload.key) ? { ...upload, place: undefined } : upload)));
    },
  };
}

function hasKept(owner: string, place: string): boolean {
  try {
    return localStorage.getItem(keptKey(owner, place)) !== null;
  } catch {
    return false;
  }
}
