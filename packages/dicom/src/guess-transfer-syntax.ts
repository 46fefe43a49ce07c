import { readUint16, readUint32 } from './element-header.ts';
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian } from './transfer-syntaxes.ts';
import { vrOfBytes } from './value-representations.ts';

/** Groups a data set can begin with: directory, identifying, patient, acquisition, relationship, image. */
const firstGroups = new Set([0x0004, 0x0008, 0x0010, 0x0018, 0x0020, 0x0028]);
/** The first elements of a data set are short codes, dates and UIDs; a longer implicit value means a misreading. */
const longestFirstValue = 1 << 16;

/** The uncompressed transfer syntax the first element looks like; undefined when it looks like none. */
export const guessTransferSyntax = (bytes: Uint8Array, at: number): string | undefined => {
  if (at + 8 > bytes.length) return undefined;
  const hasVr = vrOfBytes(bytes[at + 4]!, bytes[at + 5]!) !== undefined;
  if (firstGroups.has(readUint16(bytes, at, true))) {
    if (hasVr) return explicitLittleEndian;
    return readUint32(bytes, at + 4, true) <= longestFirstValue ? implicitLittleEndian : undefined;
  }
  return firstGroups.has(readUint16(bytes, at, false)) && hasVr ? explicitBigEndian : undefined;
};
