import type { Ephemeral, Frame } from '../../../shared/protocol.ts';
import type { Wire } from './wire.ts';

/** `firstFrame` is the text of the first answer; whoever sent it detaches when the client stops, or is gone. */
export type Attached = { firstFrame: string; detach(): void };

/**
 * The one value that a subscription's generator yields before it ends. The connection attaches itself with it and sends
 * what it gets in its place, in the same turn; what follows, a hub writes to the socket itself.
 */
export class AttachMarker {
  readonly attach: (wire: Wire, wireId: number | string) => Attached;

  constructor(attach: AttachMarker['attach']) {
    this.attach = attach;
  }

  /** For the page it is the first frame that stands in its place. */
  static asFrame<T extends Frame | Ephemeral>(marker: AttachMarker): T {
    return marker as unknown as T;
  }
}
