import { AppError } from '@jiapian/kernel';
import { writeKeywords, type WriteKeyword } from './write-keywords.ts';
import { encodeText, type WriteCharacterSet } from './write-text.ts';

/** One value of a multi-valued element. */
export type WriteScalar = string | number;
/** Bytes and 16-bit words are written by reference: the caller must not change them until they are sent. */
export type WriteValue =
  WriteScalar | readonly WriteScalar[] | Uint8Array | Uint16Array | Int16Array | readonly (readonly WriteElement[])[];
/** One element to be written. `tag` is 0xggggeeee. A sequence's value is a list of items, each a list of elements. */
export interface WriteElement {
  readonly tag: number;
  readonly vr: string;
  readonly value: WriteValue;
}
/** A data set by DICOM keyword; the writer knows each element's tag and VR. */
export type KeywordValues = { readonly [K in WriteKeyword]?: WriteValue | KeywordValues | readonly KeywordValues[] };

/** How a data set is encoded. */
export interface WriteOptions {
  /** Default Explicit VR Little Endian; `implicit` writes Implicit VR Little Endian. */
  readonly implicit?: boolean;
  readonly characterSet?: WriteCharacterSet;
}

/** Elements by keyword; a nested object or a list of objects becomes a sequence. */
export function elementsOf(values: KeywordValues): WriteElement[] {
  return Object.entries(values).map(([keyword, value]) => {
    const [tag, vr] = writeKeywords[keyword as WriteKeyword];
    if (vr !== 'SQ') return { tag, vr, value: value as WriteValue };
    const items = (Array.isArray(value) ? value : [value]) as readonly KeywordValues[];
    return { tag, vr, value: items.map(elementsOf) };
  });
}

/**
 * Encodes a data set as byte chunks in order, sorted by tag, without file preamble or meta group (PS3.5 §7).
 * Values of 64 KiB and more (pixel data) are chunks of their own, by reference. Sequences and items have defined
 * lengths. An empty list is an element of length 0. Throws `DICOM_VALUE_UNWRITABLE` for a value its VR cannot hold.
 */
export function encodeDataSet(elements: readonly WriteElement[], options: WriteOptions = {}): Uint8Array[] {
  const sink = new ChunkSink();
  const context: Context = {
    implicit: options.implicit ?? false,
    characterSet: options.characterSet ?? 'ISO_IR 192',
  };
  for (const element of elements.toSorted((a, b) => a.tag - b.tag)) writeElement(sink, element, context);
  return sink.chunks();
}

/** Length of a list of chunks in bytes. */
export function chunkLength(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

interface Context {
  readonly implicit: boolean;
  readonly characterSet: WriteCharacterSet;
}

const OWN_CHUNK_FROM_BYTES = 65_536;
const ITEM_TAG = 0xfffee000;
/** VRs with a reserved field and a 32-bit length in Explicit VR (PS3.5 §7.1.2). */
export const LONG_VRS: ReadonlySet<string> = new Set([
  'OB',
  'OD',
  'OF',
  'OL',
  'OV',
  'OW',
  'SQ',
  'SV',
  'UC',
  'UN',
  'UR',
  'UT',
  'UV',
]);
/** VRs whose text is in the Specific Character Set (PS3.5 §6.1.2.3); all others use the default repertoire. */
export const LOCAL_TEXT_VRS: ReadonlySet<string> = new Set(['SH', 'LO', 'ST', 'LT', 'UC', 'UT', 'PN']);
const ZERO_PADDED_VRS = new Set(['UI', 'OB', 'UN']);
const NUMBER_BYTES: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, AT: 4 };
/** Longest DS value (PS3.5 §6.2). */
const DECIMAL_STRING_LENGTH = 16;

function writeElement(sink: ChunkSink, element: WriteElement, context: Context): void {
  const { tag, vr } = element;
  const chunks = vr === 'SQ' ? encodeItems(element, context) : [encodeValue(element, context)];
  const length = chunkLength(chunks);
  const padded = length + (length % 2);
  sink.words(tag >>> 16, tag & 0xffff);
  if (context.implicit) sink.long(padded);
  else if (LONG_VRS.has(vr)) {
    sink.bytes(Uint8Array.of(vr.charCodeAt(0), vr.charCodeAt(1), 0, 0));
    sink.long(padded);
  } else {
    if (padded > 0xffff) throw unwritable(element);
    sink.bytes(Uint8Array.of(vr.charCodeAt(0), vr.charCodeAt(1)));
    sink.words(padded);
  }
  for (const chunk of chunks) sink.bytes(chunk);
  if (padded > length) sink.bytes(Uint8Array.of(ZERO_PADDED_VRS.has(vr) ? 0 : 0x20));
}

function encodeItems(element: WriteElement, context: Context): Uint8Array[] {
  const sink = new ChunkSink();
  for (const item of element.value as readonly (readonly WriteElement[])[]) {
    const inner = new ChunkSink();
    for (const part of item.toSorted((a, b) => a.tag - b.tag)) writeElement(inner, part, context);
    const chunks = inner.chunks();
    sink.words(ITEM_TAG >>> 16, ITEM_TAG & 0xffff);
    sink.long(chunkLength(chunks));
    for (const chunk of chunks) sink.bytes(chunk);
  }
  return sink.chunks();
}

function encodeValue(element: WriteElement, context: Context): Uint8Array {
  const { value, vr } = element;
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  const values = (Array.isArray(value) ? value : [value]) as readonly WriteScalar[];
  const size = NUMBER_BYTES[vr];
  if (size !== undefined) return encodeNumbers(element, values, size);
  if (vr.startsWith('O') || vr === 'UN') throw unwritable(element);
  const text = values.map((one) => (typeof one === 'number' ? numberText(one, vr) : one)).join('\\');
  return encodeText(text, LOCAL_TEXT_VRS.has(vr) ? context.characterSet : 'ISO_IR 6');
}

function encodeNumbers(element: WriteElement, values: readonly WriteScalar[], size: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * size));
  values.forEach((one, index) => {
    if (typeof one !== 'number' || !Number.isFinite(one)) throw unwritable(element);
    const at = index * size;
    if (element.vr === 'FD') view.setFloat64(at, one, true);
    else if (element.vr === 'FL') view.setFloat32(at, one, true);
    else if (element.vr === 'AT') view.setUint32(at, ((one << 16) | (one >>> 16)) >>> 0, true);
    else if (size === 2) view.setUint16(at, one & 0xffff, true);
    else view.setUint32(at, one >>> 0, true);
  });
  return new Uint8Array(view.buffer);
}

function numberText(value: number, vr: string): string {
  if (vr === 'IS') return String(Math.round(value));
  const text = String(value);
  if (text.length <= DECIMAL_STRING_LENGTH) return text;
  return String(Number(value.toPrecision(9)));
}

const unwritable = (element: WriteElement): AppError =>
  new AppError('DICOM_VALUE_UNWRITABLE', { tag: element.tag.toString(16).padStart(8, '0'), vr: element.vr });

/** Joins small writes into one buffer and lets large ones through by reference. */
class ChunkSink {
  private readonly done: Uint8Array[] = [];
  private buffer = new Uint8Array(1024);
  private used = 0;

  bytes(part: Uint8Array): void {
    if (part.length >= OWN_CHUNK_FROM_BYTES) {
      this.flush();
      this.done.push(part);
      return;
    }
    if (this.used + part.length > this.buffer.length) {
      const larger = new Uint8Array(Math.max(this.buffer.length * 2, this.used + part.length));
      larger.set(this.buffer.subarray(0, this.used));
      this.buffer = larger;
    }
    this.buffer.set(part, this.used);
    this.used += part.length;
  }

  words(...values: number[]): void {
    for (const value of values) this.bytes(Uint8Array.of(value & 0xff, (value >>> 8) & 0xff));
  }

  long(value: number): void {
    this.words(value & 0xffff, value >>> 16);
  }

  chunks(): Uint8Array[] {
    this.flush();
    return this.done;
  }

  private flush(): void {
    if (this.used === 0) return;
    this.done.push(this.buffer.subarray(0, this.used));
    this.buffer = new Uint8Array(1024);
    this.used = 0;
  }
}
