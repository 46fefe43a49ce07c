import { AppError, type ErrorCode } from '@jiapian/kernel';
import { bytesDataset, openFileDataset, type DimseDataset } from '../platform/dimse-dataset.ts';
import { editedDataset } from './edited-dataset.ts';
import type { MakeCopy } from './make-copy.ts';
import type { ByteEdit, OutgoingObject, SendAnswer } from './outgoing.ts';

/**
 * The data set that is sent: the stored bytes, with an edit where there is one; only where that is not what the
 * destination takes, a copy made anew.
 */
export const openCopy = async (
  object: OutgoingObject,
  transferSyntaxUid: string,
  makeCopy: MakeCopy,
): Promise<DimseDataset> => {
  const { wish } = object;
  const isAnother =
    transferSyntaxUid !== object.transferSyntaxUid || (wish !== undefined && wish.characterSet !== null);
  if (isAnother) return made(object, transferSyntaxUid, makeCopy);
  const stored = await openFileDataset(object.path, object.dataSetOffset);
  const dataset = object.edit === undefined ? stored : editedDataset(stored, fromDataSet(object.edit, object));
  if (dataset.byteLength % 2 === 0) return dataset;
  if (wish?.padsOddLength !== true) return dataset;
  await dataset.close();
  return made(object, transferSyntaxUid, makeCopy);
};

const made = async (object: OutgoingObject, transferSyntaxUid: string, makeCopy: MakeCopy): Promise<DimseDataset> => {
  const { path, dataSetOffset, edit = null, wish } = object;
  const bytes = await makeCopy({
    path,
    dataSetOffset,
    transferSyntaxUid: object.transferSyntaxUid,
    edit,
    wanted: {
      transferSyntaxUid,
      characterSet: wish?.characterSet ?? null,
      institutionName: wish?.institutionName ?? null,
    },
  });
  return bytesDataset(bytes);
};

/** The edit counted from the data set, not from the file. */
const fromDataSet = ({ from, to, bytes }: ByteEdit, { dataSetOffset }: OutgoingObject): ByteEdit => ({
  from: from - dataSetOffset,
  to: to - dataSetOffset,
  bytes,
});

const impossible: Partial<Record<ErrorCode, string>> = {
  DICOM_TEXT_UNENCODABLE: 'character-set',
  DICOM_COPY_IMPOSSIBLE: 'copy-impossible',
  DICOM_CODEC_FAILED: 'copy-impossible',
  DICOM_NO_PIXELS: 'copy-impossible',
};

/** A copy that cannot be made is refused with what stands in its way, never sent otherwise; null for another failure. */
export const refusalOfCopy = (cause: unknown): SendAnswer | null => {
  const code = cause instanceof AppError ? impossible[cause.code] : undefined;
  if (!(cause instanceof AppError) || code === undefined) return null;
  const facts = ['tag', 'characterSet', 'reason', 'transferSyntaxUid'].flatMap((key) => {
    const fact = cause.facts[key];
    return fact === undefined ? [] : [String(fact)];
  });
  return { outcome: 'refused', code, text: [cause.code, ...facts].join(' · ') };
};

/** PS3.5 §7.1: every value has even length. Peers break the association over it, so a person is told instead. */
export const oddLength: SendAnswer = {
  outcome: 'refused',
  code: 'odd-length',
  text: 'RELEASE_ODD_LENGTH' satisfies ErrorCode,
};

const notTaken: ErrorCode = 'RELEASE_SYNTAX_NOT_TAKEN';

/** No way of sending is left that the destination takes. */
export const notAccepted = ({ sopClassUid, transferSyntaxUid }: OutgoingObject): SendAnswer => ({
  outcome: 'refused',
  code: 'context',
  text: [notTaken, sopClassUid, transferSyntaxUid].join(' · '),
});
