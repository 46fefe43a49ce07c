import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { analyserContractVersion, type AnalyserRequest } from '@jiapian/contract';
import { type HeaderFacts, isDoseScreen } from '@jiapian/dicom';
import type { DecodedFrame } from './decode-job.ts';
import { ageYearsOf } from './inspect-head.ts';

/** A picture made ready for an analyser: the question's number, the size of the frame, and the bytes to send. */
export interface AnalyserQuestion {
  requestId: string;
  columns: number;
  rows: number;
  body: Uint8Array<ArrayBuffer>;
}

/** Why a picture must not leave, or null. */
export const whyNotSent = (facts: HeaderFacts): string | null => {
  if (facts.kind !== 'image' || !facts.hasPixelData) return 'no-pixel-data';
  if (facts.burnedInAnnotation === 'YES' || isDoseScreen(facts)) return 'text-in-the-picture';
  // Copies of screens and scanned paper show names, whatever their header says.
  if (facts.sopClassUid.startsWith('1.2.840.10008.5.1.4.1.1.7') || facts.conversionType === 'SD')
    return 'text-in-the-picture';
  return null;
};

/** Age is given in whole years; everybody above is one group, as few are so old. */
const oldestYears = 90;

/** What is told of the header: nothing that names a person, an exam, a place or a day. */
export const sentFacts = (
  facts: HeaderFacts,
  positionCode: string | null,
  picture: AnalyserRequest['facts']['picture'],
): AnalyserRequest['facts'] => {
  const years = ageYearsOf(facts.patientAge);
  return {
    modality: codeOf(facts.modality) ?? '',
    positionCode,
    bodyPart: codeOf(facts.bodyPartExamined),
    viewPosition: codeOf(facts.viewPosition),
    laterality: codeOf(facts.imageLaterality ?? facts.laterality),
    ageYears: years === undefined ? null : Math.min(oldestYears, Math.floor(years)),
    sex: sexes.find((sex) => sex === facts.patientSex) ?? null,
    pixelSpacingMm: facts.pixelSpacing === undefined ? null : [facts.pixelSpacing.rowMm, facts.pixelSpacing.columnMm],
    picture,
  };
};

const sexes = ['M', 'F', 'O'] as const;

/** A code string (PS3.5 CS); a console that wrote a sentence there may have written a name. */
const codeOf = (text: string | undefined): string | null =>
  text !== undefined && /^[A-Z0-9_ ]{1,16}$/.test(text) ? text : null;

/** Bytes written before others get their turn; a multiple of three ends without padding. */
const pieceBytes = 3 * 256 * 1024;

/** The question as JSON. Large pictures are written piece by piece, so that nobody waits for them. */
export const questionOf = async (
  facts: AnalyserRequest['facts'],
  { head, samples }: DecodedFrame,
): Promise<AnalyserQuestion> => {
  const requestId = randomUUID();
  const request: AnalyserRequest = {
    contract: analyserContractVersion,
    requestId,
    facts,
    frame: {
      columns: head.columns,
      rows: head.rows,
      sampleType: head.sampleType,
      isInverted: head.isInverted,
      rescaleSlope: head.rescaleSlope,
      rescaleIntercept: head.rescaleIntercept,
      windows: head.windows.map(({ center, width }) => ({ center, width })),
      samples: '',
    },
  };
  const text = JSON.stringify(request);
  const end = '"}}';
  const start = Buffer.from(text.slice(0, -end.length));
  const body = Buffer.alloc(start.length + Math.ceil(samples.length / 3) * 4 + end.length);
  body.set(start, 0);
  let at = start.length;
  for (let from = 0; from < samples.length; from += pieceBytes) {
    const piece = Buffer.from(samples.buffer, samples.byteOffset + from, Math.min(pieceBytes, samples.length - from));
    at += body.write(piece.toString('base64'), at, 'latin1');
    await nextTurn();
  }
  body.write(end, at, 'latin1');
  return { requestId, columns: head.columns, rows: head.rows, body };
};

/** Bytes of the question for so many bytes of samples, before it is made. */
export const questionBytes = (sampleBytes: number): number => Math.ceil(sampleBytes / 3) * 4;
