/**
 * Gives the memory of a buffer back now. The collector counts a buffer of 64 KB as the few bytes that its object takes,
 * and lets some 60 MB of them gather. Nobody may read it afterwards: its length is 0. Those from a pool are left alone.
 */
export function freeBuffer({ buffer, byteLength }: Uint8Array): void {
  if (byteLength > 0 && buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) buffer.transfer(0);
}
