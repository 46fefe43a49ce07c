import { AppError } from '@jiapian/kernel';

/** Header lines of one part, bytes; real ones are below 1 kB. */
const PART_HEADER_LIMIT_BYTES = 16 * 1024;
/** RFC 2046 section 5.1.1 allows 70 characters. */
const BOUNDARY_LIMIT = 70;

export interface MultipartPart {
  /** Header names in small letters. */
  headers: ReadonlyMap<string, string>;
  /** Must be read to its end, or left, before the next part is asked for. */
  content: AsyncIterable<Uint8Array>;
}

/** The boundary of a `multipart/related` content type. Throws `REQUEST_INVALID` when there is none. */
export const boundaryOf = (contentType: string): string => {
  const match = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/iu.exec(contentType);
  const boundary = match?.[1] ?? match?.[2] ?? '';
  if (boundary === '' || boundary.length > BOUNDARY_LIMIT)
    throw new AppError('REQUEST_INVALID', { reason: 'no-boundary' });
  return boundary;
};

/**
 * The parts of a multipart body in order, streamed: no part is held in memory (RFC 2046 section 5.1, RFC 2387).
 * Throws `REQUEST_INVALID` when the body ends before its closing boundary or a header is malformed.
 */
export async function* readMultipart(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<MultipartPart> {
  const scanner = new BoundaryScanner(body, Buffer.from(`\r\n--${boundary}`, 'latin1'));
  await scanner.skipPart();
  while (!(await scanner.isClosed())) {
    const headers = await scanner.readHeaders();
    yield { headers, content: scanner.partContent() };
    await scanner.skipPart();
  }
}

class BoundaryScanner {
  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #delimiter: Buffer;
  /** What stands before the first boundary must end like a line: the body may begin with the boundary itself. */
  #buffer = Buffer.from('\r\n');
  #isPartOver = false;

  constructor(body: AsyncIterable<Uint8Array>, delimiter: Buffer) {
    this.#iterator = body[Symbol.asyncIterator]();
    this.#delimiter = delimiter;
  }

  async *partContent(): AsyncGenerator<Uint8Array> {
    for (let piece = await this.#nextPiece(); piece !== undefined; piece = await this.#nextPiece()) yield piece;
  }

  async skipPart(): Promise<void> {
    while ((await this.#nextPiece()) !== undefined);
    this.#isPartOver = false;
  }

  /** After a boundary: two hyphens close the body, a line end opens a part. */
  async isClosed(): Promise<boolean> {
    await this.#need(2);
    if (this.#buffer.subarray(0, 2).toString('latin1') === '--') return true;
    // Blanks between boundary and line end are allowed.
    const end = await this.#find(Buffer.from('\r\n'), PART_HEADER_LIMIT_BYTES);
    this.#buffer = this.#buffer.subarray(end);
    return false;
  }

  async readHeaders(): Promise<Map<string, string>> {
    // The line end that closed the boundary line also closes an empty block of headers.
    const end = await this.#find(Buffer.from('\r\n\r\n'), PART_HEADER_LIMIT_BYTES);
    const lines = this.#buffer.subarray(2, end).toString('latin1').split('\r\n').filter(Boolean);
    this.#buffer = this.#buffer.subarray(end + 4);
    const headers = new Map<string, string>();
    for (const line of lines) {
      const colon = line.indexOf(':');
      if (colon < 1) throw new AppError('REQUEST_INVALID', { reason: 'part-header' });
      headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    return headers;
  }

  /** Bytes of the current part, never a piece of the boundary; `undefined` once it was passed. */
  async #nextPiece(): Promise<Uint8Array | undefined> {
    if (this.#isPartOver) return undefined;
    for (;;) {
      const at = this.#buffer.indexOf(this.#delimiter);
      if (at === 0) {
        this.#buffer = this.#buffer.subarray(this.#delimiter.byteLength);
        this.#isPartOver = true;
        return undefined;
      }
      // The last bytes may be the beginning of a boundary.
      const safe = at > 0 ? at : this.#buffer.byteLength - this.#delimiter.byteLength + 1;
      if (safe > 0) {
        const piece = this.#buffer.subarray(0, safe);
        this.#buffer = this.#buffer.subarray(safe);
        return piece;
      }
      await this.#more();
    }
  }

  async #find(wanted: Buffer, limit: number): Promise<number> {
    for (;;) {
      const at = this.#buffer.indexOf(wanted);
      if (at >= 0) return at;
      if (this.#buffer.byteLength > limit) throw new AppError('REQUEST_INVALID', { reason: 'part-header-too-long' });
      await this.#more();
    }
  }

  async #need(count: number): Promise<void> {
    while (this.#buffer.byteLength < count) await this.#more();
  }

  async #more(): Promise<void> {
    const next = await this.#iterator.next();
    if (next.done === true) throw new AppError('REQUEST_INVALID', { reason: 'body-ends-early' });
    this.#buffer = this.#buffer.byteLength === 0 ? Buffer.from(next.value) : Buffer.concat([this.#buffer, next.value]);
  }
}
