import { readFile, stat } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import {
  conformDataSet,
  elementsOf,
  joinChunks,
  readDataSetOf,
  transferSyntaxFor,
  type WriteCharacterSet,
} from '@jiapian/dicom';
import { recodePixels } from '@jiapian/dicom/pixels';
import { AppError } from '@jiapian/kernel';
import type { ByteEdit } from './outgoing.ts';

/** One stored object, and how its copy is written. */
export interface CopyTask {
  path: string;
  dataSetOffset: number;
  transferSyntaxUid: string;
  edit: ByteEdit | null;
  wanted: { transferSyntaxUid: string; characterSet: WriteCharacterSet | null; institutionName: string | null };
}

/** Makes the data set of a copy, in memory of its own. */
export type MakeCopy = (task: CopyTask) => Promise<Uint8Array>;

/** A larger object is not held in memory as a whole. [PD] */
const LARGEST_BYTES = 512 * 1024 * 1024;

/**
 * The data set of a copy in another transfer syntax or character set, pixels value by value the same; the stored file
 * stays as it was received. Throws `DICOM_COPY_IMPOSSIBLE`, `DICOM_TEXT_UNENCODABLE`, `DICOM_CODEC_FAILED`.
 */
export const makeCopy: MakeCopy = async ({ path, dataSetOffset, transferSyntaxUid, edit, wanted }) => {
  const { size } = await stat(path);
  if (size > LARGEST_BYTES) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'too-large' });
  const stored = await readFile(path);
  const bytes =
    edit === null ? stored : joinChunks([stored.subarray(0, edit.from), edit.bytes, stored.subarray(edit.to)]);
  const target = transferSyntaxFor(wanted.transferSyntaxUid);
  if (!target.isLittleEndian) throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'big-endian' });
  const dataSet = readDataSetOf(bytes, dataSetOffset, transferSyntaxUid);
  const recoded = await recodePixels(dataSet, transferSyntaxUid, wanted.transferSyntaxUid);
  const institution = wanted.institutionName === null ? [] : elementsOf({ InstitutionName: wanted.institutionName });
  const copy = joinChunks(
    conformDataSet(dataSet, {
      isExplicit: target.isExplicit,
      characterSet: wanted.characterSet,
      set: [...(recoded?.set ?? []), ...institution],
      ...(recoded === null ? {} : { pixels: recoded.pixels }),
    }),
  );
  return target.isDeflated ? Uint8Array.from(deflateRawSync(copy)) : copy;
};
