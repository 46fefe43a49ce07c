/** Start of a block, end of a block, and the carriage return behind it (HL7 v2.5.1 appendix C, MLLP). */
const START = 0x0b;
const END = 0x1c;
const RETURN = 0x0d;

export interface MllpEvents {
  /** One message without its frame; the bytes are its own. */
  onMessage(bytes: Uint8Array): void;
  /** A message longer than the limit; `head` is its beginning. Nothing more is read. */
  onTooLong(head: Uint8Array): void;
  /** More bytes outside frames than any gateway sends between messages. Nothing more is read. */
  onGarbage(head: Uint8Array): void;
}

/** Bytes between two messages (line ends, blanks) that are passed over, at most. [PD] */
const GARBAGE_LIMIT_BYTES = 1024;
/** What is kept of a message that is refused for its length, bytes. */
export const KEPT_HEAD_BYTES = 64 * 1024;

/**
 * Cuts messages out of a stream. It works on raw bytes before any decoding: none of the three frame bytes can stand
 * inside a character of GB 18030 or UTF-8. A frame that starts anew before its end is a sender that broke off: the
 * first part is dropped as it has not been acknowledged.
 */
export class MllpReader {
  readonly #events: MllpEvents;
  readonly #limitBytes: number;
  #parts: Uint8Array[] = [];
  #size = 0;
  #garbage: number[] = [];
  #isInside = false;
  #isStopped = false;

  constructor(events: MllpEvents, limitBytes: number) {
    this.#events = events;
    this.#limitBytes = limitBytes;
  }

  /** A message has begun and is not complete. */
  get isInside(): boolean {
    return this.#isInside;
  }

  push(chunk: Uint8Array): void {
    let rest = chunk;
    while (rest.byteLength > 0 && !this.#isStopped) rest = this.#isInside ? this.#inside(rest) : this.#outside(rest);
  }

  #outside(bytes: Uint8Array): Uint8Array {
    const start = bytes.indexOf(START);
    const before = start < 0 ? bytes : bytes.subarray(0, start);
    for (const byte of before) if (byte !== RETURN && byte !== 0x0a && byte !== 0x20) this.#garbage.push(byte);
    if (this.#garbage.length > GARBAGE_LIMIT_BYTES) {
      this.#isStopped = true;
      this.#events.onGarbage(Uint8Array.from(this.#garbage.slice(0, GARBAGE_LIMIT_BYTES)));
    }
    if (start < 0) return bytes.subarray(bytes.byteLength);
    this.#isInside = true;
    return bytes.subarray(start + 1);
  }

  #inside(bytes: Uint8Array): Uint8Array {
    const again = bytes.indexOf(START);
    const end = bytes.indexOf(END);
    if (again >= 0 && (end < 0 || again < end)) {
      this.#forget();
      return bytes.subarray(again + 1);
    }
    this.#keep(end < 0 ? bytes : bytes.subarray(0, end));
    if (this.#size > this.#limitBytes) {
      this.#isStopped = true;
      this.#events.onTooLong(Buffer.concat(this.#parts).subarray(0, KEPT_HEAD_BYTES));
      return bytes.subarray(bytes.byteLength);
    }
    if (end < 0) return bytes.subarray(bytes.byteLength);
    const message = Buffer.concat(this.#parts);
    this.#forget();
    this.#isInside = false;
    this.#events.onMessage(message);
    return bytes.subarray(end + 1);
  }

  /** The views live no longer than the chunk that they look into. */
  #keep(bytes: Uint8Array): void {
    this.#parts.push(Buffer.from(bytes));
    this.#size += bytes.byteLength;
  }

  #forget(): void {
    this.#parts = [];
    this.#size = 0;
    this.#garbage = [];
  }
}

/** A message in its frame. */
export const framed = (message: Uint8Array): Uint8Array =>
  Buffer.concat([Uint8Array.of(START), message, Uint8Array.of(END, RETURN)]);
