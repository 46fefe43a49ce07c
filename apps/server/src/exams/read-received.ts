import { headerFactsOf, type HeaderFacts, readDataSetOf, readPart10 } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { ObjectStore } from '../archive/index.ts';
import type { ReceivedObject } from './received-object.ts';

export interface ReadObject {
  received: ReceivedObject;
  facts: HeaderFacts;
  /** First byte of the data set in the stored file. */
  dataSetOffset: number;
}

export interface Unreadable {
  received: ReceivedObject;
  reasonCode: string;
  reason: string;
}

/** A header that is longer than this is taken as far as it goes: 4 MiB hold every header seen, per-frame groups included. */
const LONG_HEAD_BYTES = 4 * 1024 * 1024;

/** The header facts of an object, looking further into its file when the first block is too short. */
export const readReceived = async (
  received: ReceivedObject,
  store: Pick<ObjectStore, 'read'>,
): Promise<ReadObject | Unreadable> => {
  const first = attempt(received, received.head);
  const isWhole = received.datasetOffset + received.head.length >= received.sizeBytes;
  if (isWhole || isFinal(first)) return first;
  const { objectId, datasetOffset } = received;
  const longer = await store.read(objectId, datasetOffset, datasetOffset + LONG_HEAD_BYTES).catch((error: unknown) => {
    // Bytes that are gone will not come back by waiting; a disk that fails may.
    if (error instanceof AppError && error.code === 'ARCHIVE_OBJECT_NOT_FOUND') return undefined;
    throw error;
  });
  return longer === undefined ? first : attempt(received, longer);
};

const isFinal = (outcome: ReadObject | Unreadable): boolean =>
  'facts' in outcome ? outcome.facts.isComplete : outcome.reasonCode === 'INTAKE_NOT_DICOM';

const attempt = (received: ReceivedObject, head: Uint8Array): ReadObject | Unreadable => {
  try {
    return noteOddLength(read(received, head));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { reason, missing } = error.facts;
    const words = typeof reason === 'string' ? reason : 'the object cannot be read';
    const named = Array.isArray(missing) ? `${words}: ${missing.join(', ')}` : words;
    return { received, reasonCode: error.code, reason: named };
  }
};

const read = (received: ReceivedObject, head: Uint8Array): ReadObject => {
  if (received.transferSyntaxUid === undefined) return readGuessed(received, head);
  try {
    return readDeclared(received, head, received.transferSyntaxUid);
  } catch (error) {
    const { transferSyntaxUid: _, ...undeclared } = received;
    // Some senders negotiate one syntax and write another: the bytes themselves are asked before giving up.
    const guessed = attempt(undeclared, head);
    if ('facts' in guessed) return noteWrongSyntax(received, guessed);
    throw error;
  }
};

const readDeclared = (received: ReceivedObject, head: Uint8Array, transferSyntaxUid: string): ReadObject => {
  const { sopClassUid, sopInstanceUid, datasetOffset } = received;
  const dataSet = readDataSetOf(head, 0, transferSyntaxUid);
  const facts = headerFactsOf(dataSet, transferSyntaxUid, { sopClassUid, sopInstanceUid });
  return { received, facts, dataSetOffset: datasetOffset };
};

/** With or without preamble and meta information of its own. */
const readGuessed = (received: ReceivedObject, head: Uint8Array): ReadObject => {
  const part10 = readPart10(head);
  const facts = headerFactsOf(part10.dataSet, part10.transferSyntaxUid, {
    sopClassUid: part10.mediaStorageSopClassUid,
    sopInstanceUid: part10.mediaStorageSopInstanceUid,
  });
  return { received, facts, dataSetOffset: received.datasetOffset + part10.dataSetOffset };
};

/** PS3.5 section 7.1: every value has even length. Kept as it came; some peers break an association over it. */
const noteOddLength = (one: ReadObject): ReadObject => {
  const { received, facts, dataSetOffset } = one;
  const isNoted = facts.oddities.some(({ reason }) => reason === oddLength.reason);
  if (isNoted || (received.sizeBytes - dataSetOffset) % 2 === 0) return one;
  return { ...one, facts: { ...facts, oddities: [...facts.oddities, oddLength] } };
};

const oddLength = { keyword: 'DataSet', reason: 'has an odd number of bytes' };

const noteWrongSyntax = (received: ReceivedObject, { facts, dataSetOffset }: ReadObject): ReadObject => {
  const oddity = { keyword: 'TransferSyntaxUID', reason: 'is not the one that the data set is written in' };
  return { received, facts: { ...facts, oddities: [...facts.oddities, oddity] }, dataSetOffset };
};
