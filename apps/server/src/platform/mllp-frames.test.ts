import { describe, expect, it } from 'vitest';
import { framed, MllpReader } from './mllp-frames.ts';

const read = (chunks: readonly Uint8Array[], limitBytes = 100) => {
  const seen: string[] = [];
  const reader = new MllpReader(
    {
      onMessage: (bytes) => seen.push(`message ${Buffer.from(bytes).toString()}`),
      onTooLong: (head) => seen.push(`too long ${head.byteLength}`),
      onGarbage: (head) => seen.push(`garbage ${head.byteLength}`),
    },
    limitBytes,
  );
  for (const chunk of chunks) reader.push(chunk);
  return seen;
};
const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the frames of MLLP', () => {
  it('are found whatever the size of the pieces', () => {
    const stream = Buffer.concat([framed(bytes('MSH|one')), framed(bytes('MSH|two'))]);
    const single = Array.from(stream, (byte) => Uint8Array.of(byte));
    expect(read(single)).toEqual(['message MSH|one', 'message MSH|two']);
    expect(read([stream])).toEqual(['message MSH|one', 'message MSH|two']);
  });

  it('may stand apart by blank lines', () => {
    expect(read([bytes('\r\n'), framed(bytes('a')), bytes('\r\n\r\n'), framed(bytes('b'))])).toEqual([
      'message a',
      'message b',
    ]);
  });

  it('drop a message that its sender began anew', () => {
    expect(read([bytes('\x0bhalf'), framed(bytes('whole'))])).toEqual(['message whole']);
  });

  it('hold a message of exactly the limit and refuse one byte more', () => {
    expect(read([framed(bytes('x'.repeat(100)))])).toEqual([`message ${'x'.repeat(100)}`]);
    expect(read([framed(bytes('x'.repeat(101)))])).toEqual(['too long 101']);
  });

  it('end with garbage that is longer than anything between messages, and read no further', () => {
    expect(read([bytes('GET / HTTP/1.1'.repeat(100)), framed(bytes('a'))])).toEqual(['garbage 1024']);
  });

  it('pass over a little garbage', () => {
    expect(read([bytes('hello'), framed(bytes('a'))])).toEqual(['message a']);
  });
});
