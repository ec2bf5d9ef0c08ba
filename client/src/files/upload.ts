import { createContext } from 'react';
import type { Attachment } from '../../../shared/attachment.ts';
import { type Cell, createCell } from '../cell.ts';

/** A file that somebody has chosen: on its way to the server, or there already. */
export type Upload = {
  key: string;
  /** The channel or thread whose composer it stands above; undefined once its message was written. */
  place: string | undefined;
  name: string;
  mediaType: string;
  size: number;
  /** Missing where it came back with a draft or an unsent message of an earlier page. */
  file?: File | undefined;
  /** Of a picture, once it was measured: its place is kept from then on. */
  width?: number | undefined;
  height?: number | undefined;
  state: UploadState;
};

export type UploadState =
  | { kind: 'waiting' }
  | { kind: 'sending'; sent: number }
  /** All of it is on the server, which looks at it. */
  | { kind: 'processing'; id: string }
  | { kind: 'ready'; attachment: Attachment }
  /** `code`: a refusal of the server's, or one of the page's own `faults`. */
  | { kind: 'failed'; code: string; limit?: number | undefined };

export type Uploads = Cell<readonly Upload[]>;

/** A file as an unsent message has it: what the server knows of it is missing until it is there. */
export type WaitingFile = {
  key: string;
  name: string;
  mediaType: string;
  size: number;
  width?: number | undefined;
  height?: number | undefined;
  attachment?: Attachment | undefined;
  /** So that a reload can go on with it, where it isn't too large to be kept. */
  file?: File | undefined;
};

export const UploadsContext = createContext<Uploads>(createCell<readonly Upload[]>([]));

/** Beyond this a file isn't copied into the browser's storage: it would have to be chosen again after a reload. */
const keptFileLimit = 64 * 1024 * 1024;

export function asWaiting({ place: _, file, state, ...about }: Upload): WaitingFile {
  if (state.kind === 'ready') return { ...about, attachment: state.attachment };
  return { ...about, file: about.size <= keptFileLimit ? file : undefined };
}

/** Where a draft's files are kept on this device: beside its text, and they go with it. */
export const keptKey = (owner: string, place: string) => `ronda.draft.${owner}.${place}.files`;
