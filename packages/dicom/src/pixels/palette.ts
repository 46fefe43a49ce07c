import { AppError } from '@jiapian/kernel';
import type { DataSet } from '../read-data-set.ts';
import { numbersOf } from '../element-values.ts';
import type { LookupTable } from './frame.ts';
import { applyLookupTable, lookupTable } from './lookup-tables.ts';

/** Descriptor, data and segmented data of the red, green and blue tables. */
const channels = [
  [0x00281101, 0x00281201, 0x00281221],
  [0x00281102, 0x00281202, 0x00281222],
  [0x00281103, 0x00281203, 0x00281223],
] as const;

/**
 * Indices through the palette as RGB, 8 bits each (PS3.3 C.7.6.3.1.5). Throws DICOM_CODEC_FAILED when a
 * table is missing.
 */
export const paletteToRgb = (dataSet: DataSet, indices: ArrayLike<number>, isSigned: boolean): Uint8Array => {
  const rgb = new Uint8Array(indices.length * 3);
  for (const [channel, [descriptor, data, segmented]] of channels.entries()) {
    const table =
      lookupTable(dataSet, descriptor, data, isSigned) ?? segmentedTable(dataSet, descriptor, segmented, isSigned);
    if (table === undefined) throw new AppError('DICOM_CODEC_FAILED', { reason: 'a palette table is missing' });
    const values = applyLookupTable(eightBit(table), indices);
    for (let index = 0; index < values.length; index += 1) rgb[index * 3 + channel] = values[index]!;
  }
  return rgb;
};

type Table = Omit<LookupTable, 'explanation'>;

/** Tables that say 16 bits but hold bytes are common enough to look: shifting them would paint black. */
const eightBit = (table: Table): Table => {
  const isWide = table.bitsPerEntry > 8 && table.entries.some((entry) => entry > 0xff);
  return isWide ? { ...table, entries: table.entries.map((entry) => entry >>> 8) } : table;
};

const discrete = 0;
const linear = 1;
const indirect = 2;

/** A segmented palette unrolled (PS3.3 C.7.9.2); undefined when absent or ill-formed. */
const segmentedTable = (
  dataSet: DataSet,
  descriptorTag: number,
  segmentedTag: number,
  isSigned: boolean,
): Table | undefined => {
  const words = numbersOf(dataSet, segmentedTag, 'OW');
  const [declared = 0, first = 0, bitsPerEntry = 16] = numbersOf(dataSet, descriptorTag, 'US');
  const count = declared === 0 ? 65536 : declared;
  const entries: number[] = [];
  if (words.length === 0 || !unroll(words, 0, words.length, entries, count, true)) return undefined;
  if (entries.length < count) return undefined;
  const firstMapped = isSigned ? (first << 16) >> 16 : first;
  return { firstMapped, bitsPerEntry, entries: Uint16Array.from(entries.slice(0, count)) };
};

const unroll = (
  words: readonly number[],
  start: number,
  end: number,
  entries: number[],
  limit: number,
  mayRefer: boolean,
): boolean => {
  let at = start;
  while (at + 2 < end + 1 && entries.length < limit) {
    const opcode = words[at];
    const length = words[at + 1] ?? 0;
    if (opcode === discrete) {
      for (const entry of words.slice(at + 2, at + 2 + length)) entries.push(entry);
      at += 2 + length;
    } else if (opcode === linear && entries.length > 0) {
      const from = entries.at(-1)!;
      const to = words[at + 2] ?? from;
      for (let step = 1; step <= length; step += 1) entries.push(Math.round(from + ((to - from) * step) / length));
      at += 3;
    } else if (opcode === indirect && mayRefer) {
      // The offset counts bytes from the beginning of the segmented data; one level of reference is allowed.
      const target = ((words[at + 2] ?? 0) | ((words[at + 3] ?? 0) << 16)) >>> 1;
      if (!unrollSegments(words, target, length, entries, limit)) return false;
      at += 4;
    } else return false;
  }
  return true;
};

const unrollSegments = (
  words: readonly number[],
  target: number,
  segmentCount: number,
  entries: number[],
  limit: number,
): boolean => {
  let at = target;
  for (let segment = 0; segment < segmentCount; segment += 1) {
    const size = words[at] === discrete ? 2 + (words[at + 1] ?? 0) : 3;
    if (at + size > words.length || !unroll(words, at, at + size, entries, limit, false)) return false;
    at += size;
  }
  return true;
};
