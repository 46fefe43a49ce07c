import { type DataSet, itemsOf } from '../read-data-set.ts';
import { numbersOf, plainTextOf } from '../element-values.ts';
import { characterSetFor } from '../character-sets.ts';
import type { LookupTable } from './frame.ts';

const modalityLutSequence = 0x00283000;
const voiLutSequence = 0x00283010;
const lutDescriptor = 0x00283002;
const lutExplanation = 0x00283003;
const lutData = 0x00283006;

/** The Modality LUT of an image, which stands in place of slope and intercept (PS3.3 C.11.1); undefined without one. */
export const modalityLutOf = (dataSet: DataSet, isSigned: boolean): LookupTable | undefined =>
  tablesOf(dataSet, modalityLutSequence, isSigned)[0];

/** The VOI LUTs of an image, in its order (PS3.3 C.11.2). */
export const voiLutsOf = (dataSet: DataSet, isSigned: boolean): LookupTable[] =>
  tablesOf(dataSet, voiLutSequence, isSigned);

const tablesOf = (dataSet: DataSet, sequence: number, isSigned: boolean): LookupTable[] =>
  itemsOf(dataSet, sequence).flatMap((item) => {
    const table = lookupTable(item, lutDescriptor, lutData, isSigned);
    return table === undefined ? [] : [{ ...table, explanation: explanationOf(dataSet, item) }];
  });

const explanationOf = (dataSet: DataSet, item: DataSet): string | undefined => {
  const element = item.elements.get(lutExplanation);
  if (element === undefined) return undefined;
  const characterSet = characterSetFor(plainTextOf(dataSet, 0x00080005));
  const { text } = characterSet.decode(item.bytes, element.offset, element.offset + element.length);
  return text.trim() || undefined;
};

/** Zero in the 16-bit entry count means what no longer fits it. */
const entriesWhenZero = 65536;

/**
 * One table by its descriptor (entries, first mapped value, bits) and data; undefined when either is missing
 * or the data are too few. Eight-bit tables come packed two to a word or one to a word.
 */
export const lookupTable = (
  dataSet: DataSet,
  descriptorTag: number,
  dataTag: number,
  isSigned: boolean,
): Omit<LookupTable, 'explanation'> | undefined => {
  const [declared, first = 0, bitsPerEntry = 16] = numbersOf(dataSet, descriptorTag, 'US');
  const data = dataSet.elements.get(dataTag);
  if (declared === undefined || data === undefined) return undefined;
  // A descriptor of VR SS reads its entry count negative above 32767.
  const count = (declared & 0xffff) === 0 ? entriesWhenZero : declared & 0xffff;
  const firstMapped = isSigned ? (first << 16) >> 16 : first & 0xffff;
  const { bytes, encoding } = dataSet;
  const words = numbersOf(dataSet, dataTag, 'US');
  if (data.length >= count * 2) return { firstMapped, bitsPerEntry, entries: Uint16Array.from(words.slice(0, count)) };
  if (data.length < count) return undefined;
  const packed = bytes.subarray(data.offset, data.offset + count);
  if (encoding.isLittleEndian) return { firstMapped, bitsPerEntry, entries: Uint16Array.from(packed) };
  return { firstMapped, bitsPerEntry, entries: Uint16Array.from(words.flatMap((word) => [word & 0xff, word >>> 8])) };
};

/** The table's output for every sample. */
export const applyLookupTable = (table: Omit<LookupTable, 'explanation'>, samples: ArrayLike<number>): Uint16Array => {
  const { firstMapped, entries } = table;
  const last = entries.length - 1;
  const mapped = new Uint16Array(samples.length);
  for (let index = 0; index < samples.length; index += 1) {
    const at = samples[index]! - firstMapped;
    mapped[index] = entries[at < 0 ? 0 : at > last ? last : at]!;
  }
  return mapped;
};
