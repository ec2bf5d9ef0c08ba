import { type AnswerHead, isSwitch, readAnswerHead, startsWith, switchingHead, usualSwitch } from './answer-head.ts';

export type Answered =
  /** A valid 101; `head` is what the client gets. `rest` came right behind it. */
  | { kind: 'switched'; head: string; rest: Buffer }
  /** Any other answer, to be passed on. */
  | { kind: 'refused'; head: AnswerHead; rest: Buffer }
  | { kind: 'invalid'; message: string };

const notHttp: Answered = { kind: 'invalid', message: 'The chat replica gave an answer that is not HTTP.' };
const wrongSwitch: Answered = {
  kind: 'invalid',
  message: 'The chat replica gave an invalid answer to the handshake.',
};
const headLimit = 16_384;

/** A replica's answer to a handshake, as far as its head goes. */
export class HandshakeAnswer {
  readonly #accept: string;
  #bytes: Buffer | undefined;

  /** `accept` is the one Sec-WebSocket-Accept that is right. */
  constructor(accept: string) {
    this.#accept = accept;
  }

  /** What the answer is after these bytes, if its head is whole; interim ones are passed over. */
  take(bytes: Buffer): Answered | undefined {
    if (this.#bytes === undefined) {
      const usual = usualSwitch(this.#accept);
      if (startsWith(bytes, usual)) return { kind: 'switched', head: usual, rest: bytes.subarray(usual.length) };
    }
    let unread = Buffer.concat([this.#bytes ?? Buffer.alloc(0), bytes]);
    for (;;) {
      this.#bytes = unread;
      const head = readAnswerHead(unread);
      if (head === undefined && unread.length <= headLimit) return undefined;
      if (head === undefined || head === 'malformed') return notHttp;
      unread = unread.subarray(head.byteLength);
      if (head.status === 101)
        return isSwitch(head, this.#accept)
          ? { kind: 'switched', head: switchingHead(head), rest: unread }
          : wrongSwitch;
      if (head.status >= 200) return { kind: 'refused', head, rest: unread };
    }
  }
}
