import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

export interface RelatedPart {
  headers: Readonly<Record<string, string>>;
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** A multipart/related answer (RFC 2387), one part after the other; a failure ends it without its closing boundary. */
export const relatedBody = (
  type: string,
  parts: AsyncIterable<RelatedPart> | Iterable<RelatedPart>,
): { contentType: string; body: Readable } => {
  const boundary = randomUUID();
  return {
    contentType: `multipart/related; type="${type}"; boundary=${boundary}`,
    body: Readable.from(chunksOf(boundary, parts), { objectMode: false }),
  };
};

async function* chunksOf(
  boundary: string,
  parts: AsyncIterable<RelatedPart> | Iterable<RelatedPart>,
): AsyncGenerator<Uint8Array> {
  for await (const { headers, body } of parts) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    yield Buffer.from(`--${boundary}\r\n${lines.join('')}\r\n`);
    yield* body;
    yield Buffer.from('\r\n');
  }
  yield Buffer.from(`--${boundary}--\r\n`);
}
