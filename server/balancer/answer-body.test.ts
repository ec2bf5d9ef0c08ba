import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAnswerBody } from './answer-body.ts';
import { type AnswerHead, readAnswerHead } from './answer-head.ts';

describe('the end of an answer', () => {
  test('[G10] a chunked body ends where it says, however it is cut, and what follows belongs to nobody', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 40 })),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        fc.uint8Array(),
        (chunks, cuts, after) => {
          const body = Buffer.concat([...chunks.map(asChunk), Buffer.from('0\r\nTrailer: x\r\n\r\n')]);
          expect(taken('Transfer-Encoding: chunked', Buffer.concat([body, after]), cuts)).toEqual([body.length, true]);
        },
      ),
    );
  });

  test('[G10] a counted body ends at its count', () => {
    expect(taken('Content-Length: 5', Buffer.from('hello, more'), [2])).toEqual([5, true]);
    expect(taken('Content-Length: 0', Buffer.from('more'), [4])).toEqual([0, true]);
  });

  test('without a length, or with two, the body ends with the connection', () => {
    expect(taken('Server: x', Buffer.from('hello'), [2])).toEqual([5, false]);
    expect(taken('Content-Length: 5\r\nContent-Length: 6', Buffer.from('hello'), [2])).toEqual([5, false]);
  });

  test('a chunk size that is none ends the answer', () => {
    expect(taken('Transfer-Encoding: chunked', Buffer.from('x\r\nhello'), [3])[1]).toBe(true);
    expect(taken('Transfer-Encoding: chunked', Buffer.from('1'.repeat(2_000)), [2_000])[1]).toBe(true);
  });
});

describe('the head of an answer', () => {
  test('is read only when it is whole, and only when it is HTTP', () => {
    expect(readAnswerHead(Buffer.from('HTTP/1.1 101 Switching\r\nA: b\r\n'))).toBeUndefined();
    expect(readAnswerHead(Buffer.from('HTTP/1.1 101\r\nA:b \r\n\r\nrest'))).toEqual({
      status: 101,
      reason: '',
      rawHeaders: ['A', 'b'],
      byteLength: 22,
    });
    for (const wrong of [
      'SSH-2.0\r\n\r\n',
      'HTTP/1.1 99 x\r\n\r\n',
      'HTTP/1.1 200 OK\r\nno colon\r\n\r\n',
      'HTTP/1.1 200 OK\r\nA: b\n c\r\n\r\n',
    ])
      expect(readAnswerHead(Buffer.from(wrong))).toBe('malformed');
  });
});

function asChunk(bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)};a=b\r\n`), bytes, Buffer.from('\r\n')]);
}

/** How many bytes were taken when they come in pieces of these sizes, and whether that was all. */
function taken(header: string, bytes: Buffer, cuts: number[]): [number, boolean] {
  const head = readAnswerHead(Buffer.from(`HTTP/1.1 403 Forbidden\r\n${header}\r\n\r\n`)) as AnswerHead;
  const body = createAnswerBody(head);
  let sum = 0;
  for (let at = 0, cut = 0; at < bytes.length; cut += 1) {
    const length = cuts[cut % cuts.length] ?? 1;
    sum += body.take(bytes.subarray(at, at + length));
    at += length;
  }
  return [sum, body.complete];
}
