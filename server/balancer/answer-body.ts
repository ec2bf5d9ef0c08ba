import { type AnswerHead, headerOf } from './answer-head.ts';

export type AnswerBody = {
  /** How many of these bytes still belong to the answer. */
  take(bytes: Buffer): number;
  readonly complete: boolean;
};

/** Finds the end of an answer whose bytes are passed on as they come; what follows it belongs to nobody. */
export function createAnswerBody(head: AnswerHead): AnswerBody {
  if (head.status === 204 || head.status === 304) return countedBody(0);
  const encoding = headerOf(head, 'transfer-encoding');
  if (encoding.length > 0) return encoding.join().toLowerCase().trim() === 'chunked' ? chunkedBody() : endlessBody();
  const lengths = headerOf(head, 'content-length');
  const length = Number(lengths[0]);
  return lengths.length === 1 && /^[0-9]{1,15}$/.test(lengths[0] ?? '') ? countedBody(length) : endlessBody();
}

function countedBody(length: number): AnswerBody {
  let left = length;
  return {
    take(bytes) {
      const taken = Math.min(left, bytes.length);
      left -= taken;
      return taken;
    },
    get complete() {
      return left === 0;
    },
  };
}

/** Until the replica closes. */
function endlessBody(): AnswerBody {
  return { take: (bytes) => bytes.length, complete: false };
}

const lineFeed = 10;
const lineLimit = 1_024;

/** Size line, data and CRLF, … , 0, trailer lines, empty line. */
function chunkedBody(): AnswerBody {
  let state: 'size' | 'data' | 'after-data' | 'trailer' | 'complete' = 'size';
  let left = 0;
  let line = '';

  function endOfLine(): void {
    const text = line.trim();
    line = '';
    if (state === 'size') {
      const size = /^[0-9A-Fa-f]{1,12}(?=$|[ \t;])/.exec(text);
      left = size === null ? 0 : Number.parseInt(size[0], 16);
      state = size === null ? 'complete' : left === 0 ? 'trailer' : 'data';
    } else if (state === 'after-data') state = 'size';
    else if (text === '') state = 'complete';
  }

  return {
    take(bytes) {
      let at = 0;
      while (at < bytes.length && state !== 'complete') {
        if (state === 'data') {
          const taken = Math.min(left, bytes.length - at);
          left -= taken;
          at += taken;
          if (left === 0) state = 'after-data';
          continue;
        }
        const byte = bytes[at] ?? 0;
        at += 1;
        if (byte === lineFeed) endOfLine();
        else line += String.fromCharCode(byte);
        if (line.length > lineLimit) state = 'complete';
      }
      return at;
    },
    get complete() {
      return state === 'complete';
    },
  };
}
