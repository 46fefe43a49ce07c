import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundaryOf, readMultipart } from './multipart-related.ts';

/** A body handed on in pieces of the given sizes, in turn. */
async function* inPieces(body: Buffer, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let position = 0, turn = 0; position < body.byteLength; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield body.subarray(position, position + size);
    position += size;
  }
}

const partsOf = async (body: Buffer, sizes: readonly number[] = [7]) => {
  const parts: { headers: Record<string, string>; content: string }[] = [];
  for await (const { headers, content } of readMultipart(inPieces(body, sizes), 'frontier')) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(piece);
    parts.push({ headers: Object.fromEntries(headers), content: Buffer.concat(pieces).toString('latin1') });
  }
  return parts;
};

/** After the example of RFC 2046 section 5.1.1, with a preamble and an epilogue to be ignored. */
const example = Buffer.from(
  'This is the preamble.\r\n--frontier\r\n\r\nimplicitly typed\r\n--frontier  \r\nContent-Type: application/dicom\r\n' +
    'Content-Location: one\r\n\r\nexplicitly typed, with --frontie and \r\n--fron inside\r\n\r\n--frontier--\r\nThis is the epilogue.',
);

describe('a multipart body', () => {
  it('reads the same however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
        expect(await partsOf(example, sizes)).toEqual([
          { headers: {}, content: 'implicitly typed' },
          {
            headers: { 'content-type': 'application/dicom', 'content-location': 'one' },
            content: 'explicitly typed, with --frontie and \r\n--fron inside\r\n',
          },
        ]);
      }),
    );
  });

  it('may begin with its boundary, and have no part at all', async () => {
    expect(await partsOf(Buffer.from('--frontier\r\nA: b\r\n\r\nc\r\n--frontier--'))).toHaveLength(1);
    expect(await partsOf(Buffer.from('--frontier--\r\n'))).toEqual([]);
  });

  it('goes on with the next part when one was left unread', async () => {
    let parts = 0;
    for await (const part of readMultipart(inPieces(example, [11]), 'frontier'))
      parts += part.headers.size >= 0 ? 1 : 0;
    expect(parts).toBe(2);
  });

  it.each([
    ['no boundary', 'no boundary at all'],
    ['a cut part', '--frontier\r\n\r\nhalf'],
    ['a cut header', '--frontier\r\nContent-Type: appl'],
    ['a header without a colon', '--frontier\r\nnonsense\r\n\r\nx\r\n--frontier--'],
    ['a header without an end', `--frontier\r\nA: ${'x'.repeat(20_000)}`],
  ])('refuses %s', async (_, body) => {
    await expect(partsOf(Buffer.from(body), [1000])).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});

describe('the boundary', () => {
  it.each([
    ['multipart/related; type="application/dicom"; boundary=abc', 'abc'],
    ['multipart/related; boundary="a b;c"; type=x', 'a b;c'],
    ['Multipart/Related;BOUNDARY=x_y', 'x_y'],
  ])('of %s is read', (contentType, boundary) => {
    expect(boundaryOf(contentType)).toBe(boundary);
  });

  it.each(['multipart/related', 'multipart/related; boundary=', `multipart/related; boundary=${'x'.repeat(71)}`])(
    'of %s is refused',
    (contentType) => {
      expect(() => boundaryOf(contentType)).toThrow('REQUEST_INVALID');
    },
  );
});
