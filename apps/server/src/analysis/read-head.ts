import { closeSync, fstatSync, openSync } from 'node:fs';
import { headerFactsOf, type HeaderFacts, type Part10, readPart10, transferSyntaxFor } from '@jiapian/dicom';
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
  part10: Part10;
  facts: HeaderFacts;
  source: FrameSource;
  fileBytes: number;
}

/**
 * Reads the head of a file in blocks that grow until it is whole. Throws INTAKE_NOT_DICOM and DICOM_UNREADABLE as the
 * readers do, DICOM_UNREADABLE with `reason` when the file cannot be opened.
 */
export const readObjectHead = (path: string): ObjectHead => {
  const file = openFile(path);
  try {
    const { size: fileBytes } = fstatSync(file);
    for (let wanted = firstBlockBytes; ; wanted *= blockGrowth) {
      const isLast = wanted >= Math.min(fileBytes, longestBlockBytes);
      const head = tryHead(readRange(file, 0, Math.min(fileBytes, wanted)), isLast);
      if (head === undefined) continue;
      const { part10, facts } = head;
      const { transferSyntaxUid, dataSetOffset } = part10;
      const numberOfFrames = facts.numberOfFrames ?? 0;
      return { part10, facts, fileBytes, source: { path, transferSyntaxUid, dataSetOffset, numberOfFrames } };
    }
  } finally {
    closeSync(file);
  }
};

/** An object outside any study cannot be registered, but it can be looked at and measured. */
export const unknownUid = 'unknown';
const standIns = { studyInstanceUid: unknownUid, seriesInstanceUid: unknownUid };

/** Undefined asks for a longer block. */
const tryHead = (bytes: Uint8Array, isLast: boolean): { part10: Part10; facts: HeaderFacts } | undefined => {
  try {
    const part10 = readPart10(bytes);
    const isCut = !part10.isComplete || (transferSyntaxFor(part10.transferSyntaxUid).isDeflated && !hasPixels(part10));
    if (isCut && !isLast) return undefined;
    const facts = headerFactsOf(part10.dataSet, part10.transferSyntaxUid, {
      sopClassUid: part10.mediaStorageSopClassUid,
      sopInstanceUid: part10.mediaStorageSopInstanceUid,
      ...standIns,
    });
    return { part10, facts };
  } catch (error) {
    // Half a deflated stream or a header cut inside its identifiers: only the whole file tells.
    if (isLast || !(error instanceof AppError)) throw error;
    return undefined;
  }
};

const hasPixels = ({ dataSet }: Part10): boolean => dataSet.elements.has(0x7fe00010);

const openFile = (path: string): number => {
  try {
    return openSync(path, 'r');
  } catch (cause) {
    throw new AppError('DICOM_UNREADABLE', { reason: 'the file cannot be opened' }, cause);
  }
};
