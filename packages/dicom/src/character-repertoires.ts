import { AppError } from '@jiapian/kernel';
import { latin1 } from './text-bytes.ts';

/** Text of bytes in one repertoire; throws a TypeError when the bytes are not in it. */
export type ByteDecoder = (bytes: Uint8Array) => string;

/** Encoding labels of the single-byte repertoires of PS3.3 table C.12-2, by ISO-IR number. */
const labels: Readonly<Record<string, string>> = {
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '126': 'iso-8859-7',
  '127': 'iso-8859-6',
  '138': 'iso-8859-8',
  '144': 'iso-8859-5',
  '148': 'windows-1254',
  '166': 'windows-874',
  '203': 'iso-8859-15',
};

const decoders = new Map<string, ByteDecoder>();

/** The decoder of a repertoire by its ISO-IR number, for high bytes (G1) and ASCII alike; undefined when unknown. */
export const repertoireDecoder = (isoIr: string): ByteDecoder | undefined => {
  const known = decoders.get(isoIr);
  if (known !== undefined) return known;
  const decoder = buildDecoder(isoIr);
  if (decoder !== undefined) decoders.set(isoIr, decoder);
  return decoder;
};

/** As `repertoireDecoder`, by defined term `ISO_IR 100` or `ISO 2022 IR 100`. */
export const singleByteDecoder = (term: string): ByteDecoder | undefined => {
  const isoIr = /IR (\d+)$/.exec(term)?.[1];
  return isoIr === undefined ? undefined : repertoireDecoder(isoIr);
};

const buildDecoder = (isoIr: string): ByteDecoder | undefined => {
  if (isoIr === '6') return asciiOnly;
  if (isoIr === '100') return (bytes) => latin1(bytes, 0, bytes.length);
  if (isoIr === '13') return katakana;
  if (isoIr === '149') return strict('euc-kr');
  if (isoIr === '58') return strict('gb18030');
  if (isoIr === '87') return strict('euc-jp');
  if (isoIr === '159') return supplementaryKanji;
  const label = labels[isoIr];
  return label === undefined ? undefined : strict(label);
};

const strict = (label: string): ByteDecoder => {
  const decoder = new TextDecoder(label, { fatal: true });
  return (bytes) => decoder.decode(bytes);
};

const asciiOnly: ByteDecoder = (bytes) => {
  if (bytes.some((byte) => byte >= 0x80))
    throw new AppError('DICOM_UNREADABLE', { reason: 'a byte above 7F in ISO 646' });
  return latin1(bytes, 0, bytes.length);
};

const firstKatakanaByte = 0xa1;
const lastKatakanaByte = 0xdf;
const halfWidthKatakana = 0xff61;

/** JIS X 0201: ASCII below (the yen sign stays a backslash, which DICOM needs as delimiter), half-width katakana above. */
const katakana: ByteDecoder = (bytes) => {
  let text = '';
  for (const byte of bytes) {
    if (byte < 0x80) text += String.fromCharCode(byte);
    else if (byte >= firstKatakanaByte && byte <= lastKatakanaByte) {
      text += String.fromCharCode(halfWidthKatakana + byte - firstKatakanaByte);
    } else throw new AppError('DICOM_UNREADABLE', { reason: 'a byte outside JIS X 0201' });
  }
  return text;
};

const eucJp = new TextDecoder('euc-jp', { fatal: true });
const singleShift3 = 0x8f;

/** JIS X 0212 pairs with the high bit set; EUC-JP announces each by a single shift. */
const supplementaryKanji: ByteDecoder = (bytes) => {
  const shifted = new Uint8Array((bytes.length / 2) * 3);
  for (let pair = 0; pair * 2 + 1 < bytes.length; pair += 1) {
    shifted[pair * 3] = singleShift3;
    shifted[pair * 3 + 1] = bytes[pair * 2]!;
    shifted[pair * 3 + 2] = bytes[pair * 2 + 1]!;
  }
  return eucJp.decode(shifted);
};
