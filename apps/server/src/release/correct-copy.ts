import { open } from 'node:fs/promises';
import type { CopyFacts } from '@jiapian/contract';
import { elementsOf, readDataSetOf, rewriteHead, transferSyntaxFor, type DataSet } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import { copyElementsOf } from './copy-elements.ts';
import type { ByteEdit } from './outgoing.ts';

const PIXEL_DATA = 0x7fe00010;
const FIRST_READ_BYTES = 64 * 1024;
/** More of a head than any device writes before its picture; larger ones are not held in memory. [PD] */
const HEAD_MAX_BYTES = 256 * 1024 * 1024;

/** How the copies of one exam are made. */
export interface CorrectedCopy {
  facts: CopyFacts;
  madeAt: Date;
  /** UIDs of the exam's study, series and objects that are others in its copies. */
  uids: ReadonlyMap<string, string>;
}

/**
 * The bytes of a stored file that are others in the corrected copy; the file stays as it was received.
 * Throws `DICOM_COPY_IMPOSSIBLE` for an encoding whose head cannot be rewritten: such an object is never sent wrong.
 */
export const correctionEdit = async (
  object: { path: string; dataSetOffset: number; transferSyntaxUid: string },
  { facts, madeAt, uids }: CorrectedCopy,
  institutionName: string | null,
): Promise<ByteEdit> => {
  const { isDeflated } = transferSyntaxFor(object.transferSyntaxUid);
  if (isDeflated) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'deflated' });
  const head = await readHead(object);
  const { set, remove } = copyElementsOf(facts, (tag) => head.elements.has(tag));
  return rewriteHead(head, object.dataSetOffset, {
    set: institutionName === null ? set : [...set, ...elementsOf({ InstitutionName: institutionName })],
    remove,
    uidOf: (uid) => uids.get(uid) ?? uid,
    modified: { at: dateTimeOf(madeAt), system: 'Jiapian' },
  });
};

/** Everything before the pixel data; the whole object when it has none. */
const readHead = async (object: {
  path: string;
  dataSetOffset: number;
  transferSyntaxUid: string;
}): Promise<DataSet> => {
  const file = await open(object.path, 'r');
  try {
    const { size } = await file.stat();
    for (let wanted = FIRST_READ_BYTES; ; wanted *= 4) {
      const length = Math.min(wanted, size);
      const block = new Uint8Array(length);
      const { bytesRead } = await file.read(block, 0, length, 0);
      const head = readDataSetOf(block.subarray(0, bytesRead), object.dataSetOffset, object.transferSyntaxUid);
      if (head.elements.has(PIXEL_DATA) || length === size || head.problem !== undefined) return head;
      if (wanted >= HEAD_MAX_BYTES) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'head-too-large' });
    }
  } finally {
    await file.close();
  }
};

/** YYYYMMDDHHMMSS with its offset (PS3.5 §6.2, DT). */
const dateTimeOf = (moment: Date): string => `${moment.toISOString().slice(0, 19).replaceAll(/[-:T]/g, '')}+0000`;
