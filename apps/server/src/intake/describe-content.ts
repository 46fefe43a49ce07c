import { dictionaryEntry, plainTextOfElement, readDataSetOf, readPart10, type DataSet } from '@jiapian/dicom';
import { AppError } from '@jiapian/kernel';
import type { QuarantinedContent } from '@jiapian/contract';
import type { ReceivedObject } from '../exams/index.ts';

/** Bytes shown as they are; enough to tell a text, a PDF or a program from an image. */
const HEX_BYTES = 512;
/** Elements shown; a header has about 150. */
const ELEMENTS_SHOWN = 500;
/** Characters of one value. */
const VALUE_CHARACTERS = 120;

/** Values of these are bytes or further elements, not words. */
const wordlessRepresentations = new Set(['SQ', 'OB', 'OW', 'OF', 'OD', 'OL', 'OV', 'UN']);

/** What a person can see of an object that could not be registered: its first bytes, and the elements up to the damage. */
export const describeContent = ({ head, transferSyntaxUid }: ReceivedObject): QuarantinedContent => {
  const hex = Buffer.from(head.subarray(0, HEX_BYTES)).toString('hex');
  try {
    const dataSet =
      transferSyntaxUid === undefined ? readPart10(head).dataSet : readDataSetOf(head, 0, transferSyntaxUid);
    return { hex, elements: elementsOf(dataSet), stoppedBecause: dataSet.problem ?? null };
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    return { hex, elements: [], stoppedBecause: String(cause.facts['reason'] ?? cause.code) };
  }
};

const elementsOf = (dataSet: DataSet): QuarantinedContent['elements'] => {
  const shown: QuarantinedContent['elements'] = [];
  for (const element of dataSet.elements.values()) {
    if (shown.length === ELEMENTS_SHOWN) break;
    const { tag } = element;
    const entry = dictionaryEntry(tag);
    const vr = element.vr || (entry?.vr ?? '');
    const isWords = !wordlessRepresentations.has(vr) && !element.isCut;
    shown.push({
      tag: `(${hex4(tag >>> 16)},${hex4(tag & 0xffff)})`,
      keyword: entry?.keyword ?? '',
      vr,
      value: isWords ? plainTextOfElement(dataSet, element).slice(0, VALUE_CHARACTERS) : `${element.length} bytes`,
    });
  }
  return shown;
};

const hex4 = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0');
