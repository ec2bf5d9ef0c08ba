import type { RingEntry } from './ring.ts';

/**
 * What one tick has for a connection: events in order. Connections that follow the same streams share one bundle, and
 * with it the bytes that are written to all of them.
 */
export class Bundle {
  static readonly empty = new Bundle(undefined, undefined);

  readonly last: RingEntry | undefined;
  /** Characters of its payloads: no more than the bytes of its frames. */
  readonly length: number;
  readonly events: number;
  readonly #before: Bundle | undefined;
  #next: Bundle | undefined;
  #wireId: number | string | undefined;
  #bytes: Buffer | undefined;

  private constructor(before: Bundle | undefined, last: RingEntry | undefined) {
    this.#before = before;
    this.last = last;
    this.events = before === undefined ? 0 : before.events + 1;
    this.length = (before?.length ?? 0) + (last?.payload.length ?? 0);
  }

  /** This one with an event more. Whoever asks for the same one next gets the same bundle. */
  with(entry: RingEntry): Bundle {
    if (this.#next?.last !== entry) this.#next = new Bundle(this, entry);
    return this.#next;
  }

  without(stream: string): Bundle {
    const kept = this.#entries().filter((entry) => entry.stream !== stream);
    return kept.reduce((bundle: Bundle, entry) => bundle.with(entry), Bundle.empty);
  }

  /** All frames as one write. */
  bytesFor(wireId: number | string): Buffer {
    if (this.#bytes === undefined || this.#wireId !== wireId) {
      const frames = this.#entries().map((entry) => entry.frameFor(wireId));
      this.#bytes = frames.length === 1 && frames[0] !== undefined ? frames[0] : Buffer.concat(frames);
      this.#wireId = wireId;
    }
    return this.#bytes;
  }

  #entries(): RingEntry[] {
    const entries: RingEntry[] = [];
    for (let bundle: Bundle | undefined = this; bundle?.last !== undefined; bundle = bundle.#before)
      entries.push(bundle.last);
    return entries.reverse();
  }
}
