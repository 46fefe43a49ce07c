import { open } from 'node:fs/promises';
import { readDataSetOf } from '@jiapian/dicom';
import type { ByteEdit } from './outgoing.ts';

/** Institution Name stands within the first elements of every object. */
const HEAD_BYTES = 64 * 1024;
const INSTITUTION_NAME = 0x00080080;
const SPECIFIC_CHARACTER_SET = 0x00080005;
const IMPLICIT_VR_LITTLE_ENDIAN = '1.2.840.10008.1.2';
const EXPLICIT_VR_BIG_ENDIAN = '1.2.840.10008.1.2.2';
/** Tag, VR or length, and length; a long VR has four bytes more (PS3.5 §7.1). */
const SHORT_HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 12;
const LONG_VRS = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

/**
 * The bytes of a stored file that become others in the copy that is sent, so that the copy has this institution name.
 * Null when the name cannot be written in the object's own character set or encoding. The stored file stays as it is.
 */
export const institutionEdit = async (
  object: { path: string; dataSetOffset: number; transferSyntaxUid: string },
  institutionName: string,
): Promise<ByteEdit | null> => {
  if (object.transferSyntaxUid === EXPLICIT_VR_BIG_ENDIAN) return null;
  const head = await readHead(object.path);
  const dataSet = readDataSetOf(head, object.dataSetOffset, object.transferSyntaxUid);
  const declared = dataSet.elements.get(SPECIFIC_CHARACTER_SET);
  const characterSet = declared
    ? Buffer.from(head.subarray(declared.offset, declared.offset + declared.length))
        .toString('latin1')
        .trim()
    : '';
  const isAscii = /^[\x20-\x7e]*$/.test(institutionName);
  if (!isAscii && characterSet !== 'ISO_IR 192') return null;
  const isImplicit = object.transferSyntaxUid === IMPLICIT_VR_LITTLE_ENDIAN;
  const bytes = elementBytes(institutionName, isImplicit);
  const headerOf = (vr: string): number => (!isImplicit && LONG_VRS.has(vr) ? LONG_HEADER_BYTES : SHORT_HEADER_BYTES);
  const present = dataSet.elements.get(INSTITUTION_NAME);
  if (present) return { from: present.offset - headerOf(present.vr), to: present.offset + present.length, bytes };
  const next = [...dataSet.elements.values()].find((element) => element.tag > INSTITUTION_NAME);
  if (!next) return null;
  const at = next.offset - headerOf(next.vr);
  return { from: at, to: at, bytes };
};

const readHead = async (path: string): Promise<Uint8Array> => {
  const file = await open(path, 'r');
  try {
    const head = new Uint8Array(HEAD_BYTES);
    const { bytesRead } = await file.read(head, 0, HEAD_BYTES, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const elementBytes = (text: string, isImplicit: boolean): Uint8Array => {
  const value = Buffer.from(text, 'utf8');
  const padded = value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.from(' ')]);
  const header = Buffer.alloc(SHORT_HEADER_BYTES);
  header.writeUInt16LE(INSTITUTION_NAME >>> 16, 0);
  header.writeUInt16LE(INSTITUTION_NAME & 0xffff, 2);
  if (isImplicit) header.writeUInt32LE(padded.length, 4);
  else {
    header.write('LO', 4, 'latin1');
    header.writeUInt16LE(padded.length, 6);
  }
  return Buffer.concat([header, padded]);
};
