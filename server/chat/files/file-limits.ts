import { statfs } from 'node:fs/promises';
import { Refusal } from '../refusal.ts';

/** What people may upload, by setting. */
export type FileLimits = {
  fileMegabytes: number;
  /** Of all files together; 0 for as much as there is room for. */
  totalGigabytes: number;
  /** Files of one member that aren't finished, or not sent yet. */
  unsentFiles: number;
  /** Media types such as `image/*`; none for all. */
  types: readonly string[];
};

export const megabyte = 1_000_000;
export const gigabyte = 1_000_000_000;

/** Messages need room too, when files have taken all that they may. */
const reserve = { bytes: 512 * megabyte, share: 0.05 };

export function typeAccepted({ types }: FileLimits, mediaType: string): boolean {
  if (types.length === 0) return true;
  return types.some((type) => type === mediaType || (type.endsWith('/*') && mediaType.startsWith(type.slice(0, -1))));
}

/** Refuses where so many more bytes would leave too little of the disk. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, blocks, bsize } = await statfs(folder);
  const kept = Math.min(reserve.bytes, blocks * bsize * reserve.share);
  if (bavail * bsize - bytes < kept) throw new Refusal('storage-full');
}

export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' || (error instanceof Refusal && error.reason === 'storage-full');
}
