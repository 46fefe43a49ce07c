import { closeSync, fstatSync, openSync } from 'node:fs';
import {
  type DataSet,
  headerFactsOf,
  type HeaderFacts,
  type Part10,
  readDataSetOf,
  readPart10,
  transferSyntaxFor,
} from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { FrameSource } from './frame-source.ts';
import { readRange } from './read-range.ts';

/** Most headers end in here; what lies behind is pixels. */
const firstBlockBytes = 64 * 1024;
/** A structured report or a header of per-frame groups above this is read in part. */
const longestBlockBytes = 64 * 1024 * 1024;
const blockGrowth = 8;

/** The head of a stored object: its data set without pixels, its facts, and where its frames lie. */
export interface ObjectHead {
  dataSet: DataSet;
  facts: HeaderFacts;
  source: FrameSource;
  fileBytes: number;
}

/**
 * Reads the head of a file in blocks that grow until it is whole. Where the data set begins and how it is written may be
 * known: an object in the archive has our own envelope before it. Throws INTAKE_NOT_DICOM and DICOM_UNREADABLE as the
 * readers do, DICOM_UNREADABLE with `reason` when the file cannot be opened.
 */
export const readObjectHead = (path: string, known?: FrameSource): ObjectHead => {
  const file = openFile(path);
  try {
    const { size: fileBytes } = fstatSync(file);
    const start = known?.dataSetOffset ?? 0;
    for (let wanted = firstBlockBytes; ; wanted *= blockGrowth) {
      const isLast = wanted >= Math.min(fileBytes - start, longestBlockBytes);
      const bytes = readRange(file, start, Math.min(fileBytes, start + wanted));
      const head = tryHead(bytes, known, isLast);
      if (head === undefined) continue;
      const { dataSet, facts, transferSyntaxUid } = head;
      const dataSetOffset = known?.dataSetOffset ?? head.dataSetOffset;
      const numberOfFrames = facts.numberOfFrames ?? 0;
      return { dataSet, facts, fileBytes, source: { path, transferSyntaxUid, dataSetOffset, numberOfFrames } };
    }
  } finally {
    closeSync(file);
  }
};

/** An object outside any study cannot be registered, but it can be looked at and measured. */
export const unknownUid = 'unknown';
const standIns = { studyInstanceUid: unknownUid, seriesInstanceUid: unknownUid };

interface Head {
  dataSet: DataSet;
  transferSyntaxUid: string;
  dataSetOffset: number;
  facts: HeaderFacts;
}

/** Undefined asks for a longer block. */
const tryHead = (bytes: Uint8Array, known: FrameSource | undefined, isLast: boolean): Head | undefined => {
  try {
    const read = known === undefined ? readPart10(bytes) : knownDataSet(bytes, known);
    const { dataSet, transferSyntaxUid, dataSetOffset } = read;
    const isOpen = transferSyntaxFor(transferSyntaxUid).isDeflated && !dataSet.elements.has(pixelDataTag);
    if ((!dataSet.isComplete || isOpen) && !isLast) return undefined;
    const facts = headerFactsOf(dataSet, transferSyntaxUid, {
      sopClassUid: read.mediaStorageSopClassUid,
      sopInstanceUid: read.mediaStorageSopInstanceUid,
      ...standIns,
    });
    return { dataSet, transferSyntaxUid, dataSetOffset, facts };
  } catch (error) {
    // Half a deflated stream or a header cut inside its identifiers: only the whole file tells.
    if (isLast || !(error instanceof AppError)) throw error;
    return undefined;
  }
};

const pixelDataTag = 0x7fe00010;

const knownDataSet = (
  bytes: Uint8Array,
  { transferSyntaxUid, dataSetOffset }: FrameSource,
): Pick<
  Part10,
  'dataSet' | 'transferSyntaxUid' | 'dataSetOffset' | 'mediaStorageSopClassUid' | 'mediaStorageSopInstanceUid'
> => ({
  dataSet: readDataSetOf(bytes, 0, transferSyntaxUid),
  transferSyntaxUid,
  dataSetOffset,
  mediaStorageSopClassUid: undefined,
  mediaStorageSopInstanceUid: undefined,
});

const openFile = (path: string): number => {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new AppError('DICOM_UNREADABLE', { reason: 'the file cannot be opened' }, cause);
  }
};
