import { WebSocket } from 'ws';

/** Says `closing` once it begins to close, whoever began: from then on nothing may be written past it. */
export class ChatSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    this.emit('closing');
    super.close(code, reason);
  }
}
