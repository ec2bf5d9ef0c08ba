import type { Attachment } from '../../../shared/attachment.ts';
import { mayKeepOf } from '../kept-person.ts';
import { keptKey, type Upload, type Uploads } from './upload.ts';

type Kept = Pick<Attachment, 'id' | 'name' | 'mediaType' | 'size'>;

/** A draft keeps the files that are on the server already through a reload, as it keeps its text. */
export function keepFiles(owner: string, before: readonly Upload[], after: readonly Upload[]): void {
  for (const place of placesIn([...before, ...after])) {
    const files = readyIn(after, place);
    const now = JSON.stringify(files);
    if (now === JSON.stringify(readyIn(before, place))) continue;
    try {
      if (!mayKeepOf(owner)) return;
      if (files.length === 0) localStorage.removeItem(keptKey(owner, place));
      else localStorage.setItem(keptKey(owner, place), now);
    } catch {
      // Storage full or forbidden: they stay for as long as the page.
    }
  }
}

/** The server is asked for each whether it still has it. */
export function restoreFiles(uploads: Uploads, owner: string, place: string): void {
  const kept: Kept[] = JSON.parse(localStorage.getItem(keptKey(owner, place)) ?? '[]');
  const known = new Set(uploads.get().map(({ key, state }) => (state.kind === 'ready' ? state.attachment.id : key)));
  const restored = kept
    .filter(({ id }) => !known.has(id))
    .map(({ id, ...file }): Upload => ({ ...file, key: id, place, state: { kind: 'processing', id } }));
  uploads.set([...uploads.get(), ...restored]);
}

function readyIn(uploads: readonly Upload[], place: string): Kept[] {
  return uploads.flatMap(({ place: mine, state }) => {
    if (mine !== place) return [];
    if (state.kind === 'ready') {
      const { id, name, mediaType, size } = state.attachment;
      return [{ id, name, mediaType, size }];
    }
    return [];
  });
}

function placesIn(uploads: readonly Upload[]): Set<string> {
  return new Set(uploads.flatMap(({ place }) => (place === undefined ? [] : [place])));
}
