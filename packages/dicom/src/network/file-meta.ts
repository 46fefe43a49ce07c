import { joinBytes } from './byte-parts.ts';

const PREAMBLE_BYTES = 128;
const GROUP_LENGTH_ELEMENT_BYTES = 12;

/** Largest meta group that is believed, in bytes; real ones are below 1 kB, private information included. */
const META_GROUP_LIMIT_BYTES = 64 * 1024;

/**
 * The file meta information of a Part 10 file (PS3.10 table 7.1-1) by keyword. An element that is unknown is left
 * out: the file says what it is as far as anyone knows.
 */
export interface FileMeta {
  mediaStorageSopClassUid?: string;
  mediaStorageSopInstanceUid?: string;
  transferSyntaxUid?: string;
  implementationClassUid?: string;
  implementationVersionName?: string;
  sourceApplicationEntityTitle?: string;
  sendingApplicationEntityTitle?: string;
  receivingApplicationEntityTitle?: string;
  privateInformationCreatorUid?: string;
  privateInformation?: Uint8Array;
}

const elements = [
  [0x0002, 'UI', 'mediaStorageSopClassUid'],
  [0x0003, 'UI', 'mediaStorageSopInstanceUid'],
  [0x0010, 'UI', 'transferSyntaxUid'],
  [0x0012, 'UI', 'implementationClassUid'],
  [0x0013, 'SH', 'implementationVersionName'],
  [0x0016, 'AE', 'sourceApplicationEntityTitle'],
  [0x0017, 'AE', 'sendingApplicationEntityTitle'],
  [0x0018, 'AE', 'receivingApplicationEntityTitle'],
  [0x0100, 'UI', 'privateInformationCreatorUid'],
  [0x0102, 'OB', 'privateInformation'],
] as const;

const longFormRepresentations = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

const latin = new TextDecoder('latin1');

/** Preamble, prefix and meta group, ready to stand before the data set; Explicit VR Little Endian (PS3.10 section 7.1). */
export const encodeFileMeta = (meta: FileMeta): Uint8Array => {
  const group = joinBytes(
    encodeElement(0x0001, 'OB', Uint8Array.of(0, 1)),
    ...elements.flatMap(([element, representation, key]) => {
      const value = meta[key];
      if (value === undefined) return [];
      const bytes =
        typeof value === 'string' ? latinPadded(value, representation === 'UI' ? 0 : 0x20) : evenBytes(value);
      return [encodeElement(element, representation, bytes)];
    }),
  );
  const groupLength = new Uint8Array(4);
  new DataView(groupLength.buffer).setUint32(0, group.byteLength, true);
  const prefix = Uint8Array.of(0x44, 0x49, 0x43, 0x4d);
  return joinBytes(new Uint8Array(PREAMBLE_BYTES), prefix, encodeElement(0x0000, 'UL', groupLength), group);
};

/** Does the file begin as PS3.10 demands: 128 free bytes, then `DICM`? */
export const hasPart10Prefix = (head: Uint8Array): boolean =>
  head.byteLength >= PREAMBLE_BYTES + 4 && latin.decode(head.subarray(PREAMBLE_BYTES, PREAMBLE_BYTES + 4)) === 'DICM';

/**
 * Reads the meta information at the start of a file. `undefined` when there is none or it is damaged; `datasetOffset`
 * counts bytes from the start of the file. A group length that lies is not believed: the group ends where the
 * elements of group 0002 end.
 */
export const decodeFileMeta = (head: Uint8Array): { meta: FileMeta; datasetOffset: number } | undefined => {
  if (!hasPart10Prefix(head)) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const meta: Record<string, string | Uint8Array> = {};
  let position = PREAMBLE_BYTES + 4;
  while (position + 8 <= head.byteLength && view.getUint16(position, true) === 0x0002) {
    if (position > META_GROUP_LIMIT_BYTES) return undefined;
    const element = view.getUint16(position + 2, true);
    const representation = latin.decode(head.subarray(position + 4, position + 6));
    if (!/^[A-Z]{2}$/u.test(representation)) return undefined;
    const isLongForm = longFormRepresentations.has(representation);
    if (isLongForm && position + GROUP_LENGTH_ELEMENT_BYTES > head.byteLength) return undefined;
    const length = isLongForm ? view.getUint32(position + 8, true) : view.getUint16(position + 6, true);
    const start = position + (isLongForm ? 12 : 8);
    if (length > head.byteLength - start) return undefined;
    const known = elements.find(([number]) => number === element);
    if (known !== undefined) {
      const value = head.subarray(start, start + length);
      meta[known[2]] =
        known[1] === 'OB'
          ? value
          : latin
              .decode(value)
              .replace(/[\0 ]+$/u, '')
              .trimStart();
    }
    position = start + length;
  }
  const isCutInside = position + 2 <= head.byteLength && view.getUint16(position, true) === 0x0002;
  if (position === PREAMBLE_BYTES + 4 || isCutInside) return undefined;
  return { meta: meta as FileMeta, datasetOffset: position };
};

const latinPadded = (text: string, padding: number): Uint8Array => {
  const bytes = new Uint8Array(text.length + (text.length % 2)).fill(padding);
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    bytes[index] = code > 0xff ? 0x3f : code;
  }
  return bytes;
};

const evenBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.byteLength % 2 === 0 ? bytes : joinBytes(bytes, Uint8Array.of(0));

const encodeElement = (element: number, representation: string, value: Uint8Array): Uint8Array => {
  const isLongForm = longFormRepresentations.has(representation);
  const header = new Uint8Array(isLongForm ? 12 : 8);
  const view = new DataView(header.buffer);
  view.setUint16(0, 0x0002, true);
  view.setUint16(2, element, true);
  header[4] = representation.charCodeAt(0);
  header[5] = representation.charCodeAt(1);
  if (isLongForm) view.setUint32(8, value.byteLength, true);
  else view.setUint16(6, value.byteLength, true);
  return joinBytes(header, value);
};
