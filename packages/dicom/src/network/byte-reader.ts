import { AppError } from '@jiapian/kernel';

/** Reads big-endian fields of a unit in order and refuses to read past its end (`DIMSE_PROTOCOL`, reason `truncated`). */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get remaining(): number {
    return this.#bytes.byteLength - this.#position;
  }

  uint8(): number {
    return this.#view.getUint8(this.#take(1));
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2));
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4));
  }

  skip(count: number): void {
    this.#take(count);
  }

  bytes(count: number): Uint8Array {
    const start = this.#take(count);
    return this.#bytes.subarray(start, start + count);
  }

  /** One character per byte, without the padding that devices add: spaces and nulls at either end, control characters. */
  text(count: number): string {
    let text = '';
    for (const byte of this.bytes(count)) text += byte < 0x20 || byte === 0x7f ? ' ' : String.fromCharCode(byte);
    return text.trim();
  }

  #take(count: number): number {
    if (count > this.remaining) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'truncated', wanted: count, remaining: this.remaining });
    }
    const start = this.#position;
    this.#position += count;
    return start;
  }
}
