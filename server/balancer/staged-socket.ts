import type { Socket } from 'node:net';

/** Who has to do with a socket at the moment. Both sockets of a connection may have the same one. */
export type Stage = {
  /** Only of sockets that we open. */
  connected?(): void;
  /** `bytes` hold good during the call alone. False stops the reading until `socket.resume()`. */
  receive(bytes: Buffer, socket: Socket): boolean;
  drained(socket: Socket): void;
  ended(socket: Socket): void;
  closed(socket: Socket): void;
};

const stageOf = Symbol('stage');
type StagedSocket = Socket & { [stageOf]?: Stage };

/** Lets everything pass unheard. */
export const nobody: Stage = {
  receive: () => true,
  drained: () => undefined,
  ended: () => undefined,
  closed: () => undefined,
};

/**
 * A socket gets its listeners once, the same functions as all others, and what they tell goes to its stage, which
 * changes on the way from a request to a tunnel: to add and remove them at each step cost as much as the steps.
 */
export function enter(socket: StagedSocket, stage: Stage): void {
  if (socket[stageOf] !== undefined) {
    socket[stageOf] = stage;
    return;
  }
  listen(socket, stage);
  socket.on('data', onData);
}

/** The same for a socket that is read into a buffer of ours, by whatever calls `receive`. */
export function listen(socket: StagedSocket, stage: Stage): void {
  socket[stageOf] = stage;
  // `close` follows each error and is where it is dealt with.
  socket.on('error', ignore).on('drain', onDrain).on('end', onEnd).on('close', onClose);
}

export function moveTo(socket: StagedSocket, stage: Stage): void {
  socket[stageOf] = stage;
}

/** Its events are somebody else's from here on; an error stays without consequence. */
export function exit(socket: StagedSocket): void {
  delete socket[stageOf];
  socket.off('data', onData).off('drain', onDrain).off('end', onEnd).off('close', onClose);
}

/** What came on a socket for its stage. */
export function receive(socket: StagedSocket, bytes: Buffer): boolean {
  return socket[stageOf]?.receive(bytes, socket) ?? true;
}

export function onConnect(this: StagedSocket): void {
  this[stageOf]?.connected?.();
}

function onData(this: StagedSocket, bytes: Buffer): void {
  if (!receive(this, bytes)) this.pause();
}

function onDrain(this: StagedSocket): void {
  this[stageOf]?.drained(this);
}

function onEnd(this: StagedSocket): void {
  this[stageOf]?.ended(this);
}

function onClose(this: StagedSocket): void {
  this[stageOf]?.closed(this);
}

function ignore(): void {}
