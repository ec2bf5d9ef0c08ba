/** One WebP of a picture: as large as fits into a box, never larger than the picture; `cover` fills the box and crops. */
export type Variant = { path: string; width: number; height: number; fit: 'inside' | 'cover' };

/** Paths of files that are there already to be read, or are to be written. */
export type PictureJob = {
  from: string;
  /** Where the whole picture goes, turned the right way up and without metadata. */
  clean?: string;
  /** From the largest to the smallest. */
  variants: Variant[];
};

/** A video, a recording or an HEIC photo that forgets its place where it stands. */
export type PlaceJob = { forget: string };

export type PlaceOutcome =
  | { kind: 'done' }
  /** Nobody can say what is in it, or reading it ends the process. */
  | { kind: 'unreadable' }
  | { kind: 'failed' };

/** What comes of it. Whatever a picture's size, format and orientation were said to be, these are what they are. */
export type PictureOutcome =
  | { kind: 'done'; mediaType: string; width: number; height: number; thumbhash: string }
  /** Of no known format, damaged beyond being shown, or made so that its decoder ends. */
  | { kind: 'unreadable' }
  | { kind: 'too-large' }
  /** Nothing is wrong with the picture: there was no room, or the replica is stopping. */
  | { kind: 'failed' };

/** Of all its frames together: at three or four bytes each what one picture may take of memory. */
export const pixelsLimit = 100_000_000;
