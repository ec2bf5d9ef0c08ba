import type { Ephemeral, Frame } from '../../../shared/protocol.ts';
import type { Wire } from './wire.ts';

/**
 * The one value that a subscription's generator yields. The connection's encoder sees it together with the wire's
 * subscription id and sends what `attach` returns in its place; what follows, a hub writes to the socket itself.
 */
export class AttachMarker {
  readonly attach: (wire: Wire, wireId: number | string) => string;

  constructor(attach: AttachMarker['attach']) {
    this.attach = attach;
  }

  /** For the page it is the first frame that stands in its place. */
  static asFrame<T extends Frame | Ephemeral>(marker: AttachMarker): T {
    return marker as unknown as T;
  }
}
