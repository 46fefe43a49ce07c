import { AppError } from '@jiapian/kernel';
import { characterSetFor, type CharacterSet } from './character-sets.ts';
import { encodeText, type WriteCharacterSet } from './write-text.ts';

/** Bytes that change places between big and little endian, by VR (PS3.5 §7.3). */
export const SWAPPED_UNIT_BYTES: Readonly<Record<string, number>> = {
  AT: 2,
  OW: 2,
  SS: 2,
  US: 2,
  FL: 4,
  OF: 4,
  OL: 4,
  SL: 4,
  UL: 4,
  FD: 8,
  OD: 8,
  OV: 8,
  SV: 8,
  UV: 8,
};

/** The units of a value in the other byte order; a rest that is no unit stays. */
export const reversedUnits = (value: Uint8Array, unitBytes: number): Uint8Array => {
  const turned = Uint8Array.from(value);
  const end = value.length - (value.length % unitBytes);
  for (let at = 0; at < end; at += unitBytes) {
    for (let byte = 0; byte < unitBytes; byte += 1) turned[at + byte] = value[at + unitBytes - 1 - byte]!;
  }
  return turned;
};

/** What cannot be told from noise: any bytes at all are ISO 8859-1. */
const LAST_RESORT = /read as ISO 8859-1$/;

/**
 * A text in another character set. Text that is not what its data set declares is taken for UTF-8 or GB18030 where it is
 * valid as such. Throws `DICOM_TEXT_UNENCODABLE` with the tag when it cannot be read, or not be written without loss.
 */
export const conformedText = (
  value: Uint8Array,
  tag: number,
  isPersonName: boolean,
  decodeBy: CharacterSet,
  wanted: WriteCharacterSet,
): Uint8Array => {
  const { text, oddity } = decodeBy.decode(value, 0, value.length, isPersonName);
  const facts = { tag: tag.toString(16).padStart(8, '0'), characterSet: wanted };
  if (oddity !== undefined && LAST_RESORT.test(oddity)) {
    throw new AppError('DICOM_TEXT_UNENCODABLE', { ...facts, reason: 'unreadable' });
  }
  const bytes = written(text, wanted, facts);
  const again = characterSetFor(wanted).decode(bytes, 0, bytes.length, isPersonName).text;
  if (again !== text) throw new AppError('DICOM_TEXT_UNENCODABLE', { ...facts, reason: 'not-held' });
  return bytes;
};

const written = (text: string, wanted: WriteCharacterSet, facts: { tag: string; characterSet: string }): Uint8Array => {
  try {
    return encodeText(text, wanted);
  } catch (cause) {
    throw new AppError('DICOM_TEXT_UNENCODABLE', { ...facts, reason: 'not-held' }, cause);
  }
};
