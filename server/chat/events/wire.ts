import type { Socket } from 'node:net';

/** A connection as those see it who write prebuilt frames past its WebSocket. Once it isn't open, it detaches itself. */
export type Wire = {
  readonly socket: Socket;
  /** False once the WebSocket says goodbye: a browser takes a frame after that for a fault, and never learns the code. */
  isOpen(): boolean;
};
