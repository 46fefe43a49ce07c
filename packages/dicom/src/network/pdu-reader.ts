import { AppError } from '@jiapian/kernel';
import { CONTROL_PDU_LIMIT_BYTES, PDU_HEADER_BYTES, PDV_HEADER_BYTES, pduTypes } from './pdu-types.ts';

/** One piece of a presentation data value, in the order of arrival; not copied: a view into the chunk that was pushed. */
export interface FragmentPiece {
  contextId: number;
  isCommand: boolean;
  /** The message's command set or data set ends with this piece. */
  isLast: boolean;
  bytes: Uint8Array;
}

/** Told of each unit as it is read; views live no longer than the call. */
export interface PduHandler {
  /** An association, release or abort unit, complete. `body` lies behind the six header bytes. */
  onControl(type: number, body: Uint8Array): void;
  onFragment(piece: FragmentPiece): void;
}

const COMMAND_BIT = 1;
const LAST_BIT = 2;

/** Bytes of a PDV that its length field counts besides the fragment: context identifier and control header. */
const PDV_COUNTED_HEADER_BYTES = 2;

/**
 * Cuts a byte stream into units without copying image data: a P-DATA-TF is handed on piece by piece as it arrives.
 *
 * `maximumDataPduBytes` limits the body of a P-DATA-TF, `CONTROL_PDU_LIMIT_BYTES` that of the others.
 * `push` throws `DIMSE_PROTOCOL` with reason `unrecognized-pdu`, `pdu-too-long` or `malformed-pdv`; the stream is then
 * beyond repair and nothing more may be pushed. PS3.8 section 9.3.
 */
export class PduReader {
  readonly #handler: PduHandler;
  readonly #maximumDataPduBytes: number;
  readonly #header = new Uint8Array(PDU_HEADER_BYTES);
  #headerFill = 0;
  #state: 'pdu-header' | 'control' | 'pdv-header' | 'fragment' = 'pdu-header';
  #type = 0;
  #pduRemaining = 0;
  #control = new Uint8Array(0);
  #controlFill = 0;
  #contextId = 0;
  #flags = 0;
  #fragmentRemaining = 0;

  constructor(handler: PduHandler, maximumDataPduBytes: number) {
    this.#handler = handler;
    this.#maximumDataPduBytes = maximumDataPduBytes;
  }

  /** No unit is half read: a stream that ends here ends cleanly. */
  get isBetweenPdus(): boolean {
    return this.#state === 'pdu-header' && this.#headerFill === 0;
  }

  push(chunk: Uint8Array): void {
    let position = 0;
    while (position < chunk.byteLength) {
      if (this.#state === 'fragment') position = this.#readFragment(chunk, position);
      else if (this.#state === 'control') position = this.#readControl(chunk, position);
      else position = this.#readHeader(chunk, position);
    }
  }

  #readHeader(chunk: Uint8Array, start: number): number {
    const wanted = this.#state === 'pdu-header' ? PDU_HEADER_BYTES : PDV_HEADER_BYTES;
    const end = Math.min(chunk.byteLength, start + wanted - this.#headerFill);
    for (let index = start; index < end; index++) this.#header[this.#headerFill++] = chunk[index] ?? 0;
    if (this.#headerFill === wanted) {
      this.#headerFill = 0;
      if (this.#state === 'pdu-header') this.#beginPdu();
      else this.#beginFragment();
    }
    return end;
  }

  #beginPdu(): void {
    const type = this.#header[0] ?? 0;
    const length = uint32At(this.#header, 2);
    if (type < pduTypes.associateRequest || type > pduTypes.abort) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'unrecognized-pdu', type });
    }
    const limit = type === pduTypes.dataTransfer ? this.#maximumDataPduBytes : CONTROL_PDU_LIMIT_BYTES;
    if (length > limit) throw new AppError('DIMSE_PROTOCOL', { reason: 'pdu-too-long', type, length, limit });
    this.#type = type;
    this.#pduRemaining = length;
    if (type === pduTypes.dataTransfer) {
      this.#state = length === 0 ? 'pdu-header' : 'pdv-header';
      return;
    }
    this.#control = new Uint8Array(length);
    this.#controlFill = 0;
    this.#state = 'control';
    if (length === 0) this.#endControl();
  }

  #readControl(chunk: Uint8Array, start: number): number {
    const end = Math.min(chunk.byteLength, start + this.#control.byteLength - this.#controlFill);
    this.#control.set(chunk.subarray(start, end), this.#controlFill);
    this.#controlFill += end - start;
    if (this.#controlFill === this.#control.byteLength) this.#endControl();
    return end;
  }

  #endControl(): void {
    const body = this.#control;
    this.#control = new Uint8Array(0);
    this.#state = 'pdu-header';
    this.#handler.onControl(this.#type, body);
  }

  #beginFragment(): void {
    const length = uint32At(this.#header, 0);
    if (length < PDV_COUNTED_HEADER_BYTES || length + 4 > this.#pduRemaining) {
      throw new AppError('DIMSE_PROTOCOL', { reason: 'malformed-pdv', length, remaining: this.#pduRemaining });
    }
    this.#contextId = this.#header[4] ?? 0;
    this.#flags = this.#header[5] ?? 0;
    this.#pduRemaining -= length + 4;
    this.#fragmentRemaining = length - PDV_COUNTED_HEADER_BYTES;
    this.#state = 'fragment';
    if (this.#fragmentRemaining === 0) this.#handOn(new Uint8Array(0));
  }

  #readFragment(chunk: Uint8Array, start: number): number {
    const end = Math.min(chunk.byteLength, start + this.#fragmentRemaining);
    this.#fragmentRemaining -= end - start;
    this.#handOn(start === 0 && end === chunk.byteLength ? chunk : chunk.subarray(start, end));
    return end;
  }

  #handOn(bytes: Uint8Array): void {
    const isComplete = this.#fragmentRemaining === 0;
    if (isComplete) this.#state = this.#pduRemaining === 0 ? 'pdu-header' : 'pdv-header';
    this.#handler.onFragment({
      contextId: this.#contextId,
      isCommand: (this.#flags & COMMAND_BIT) !== 0,
      isLast: isComplete && (this.#flags & LAST_BIT) !== 0,
      bytes,
    });
  }
}

const uint32At = (bytes: Uint8Array, offset: number): number =>
  (((bytes[offset] ?? 0) << 24) |
    ((bytes[offset + 1] ?? 0) << 16) |
    ((bytes[offset + 2] ?? 0) << 8) |
    (bytes[offset + 3] ?? 0)) >>>
  0;
