import type { Socket } from 'node:net';
import { StringDecoder } from 'node:string_decoder';

/** Calls `onLine` with each line that a socket sends; whoever sends one that is longer than `limit` is let go. */
export function readLines(socket: Socket, limit: number, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let unfinished = '';

  socket.on('data', (chunk: Buffer) => {
    const lines = (unfinished + decoder.write(chunk)).split('\n');
    unfinished = lines.pop() ?? '';
    for (const line of lines) {
      if (line.length > limit) return void socket.destroy();
      onLine(line);
      if (socket.destroyed) return;
    }
    if (unfinished.length > limit) socket.destroy();
  });
}
