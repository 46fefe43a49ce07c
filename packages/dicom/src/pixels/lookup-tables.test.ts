import { describe, expect, it } from 'vitest';
import type { DataSet } from '../read-data-set.ts';
import type { Element } from '../element-header.ts';
import { applyLookupTable, lookupTable } from './lookup-tables.ts';
import { paletteToRgb } from './palette.ts';

/** A data set of 16-bit words and byte values by tag. */
const dataSetOf = (values: Record<number, number[] | Uint8Array>): DataSet => {
  const elements = new Map<number, Element>();
  const parts: number[] = [];
  for (const [tag, value] of Object.entries(values)) {
    const bytes =
      value instanceof Uint8Array ? [...value] : value.flatMap((word) => [word & 0xff, (word >>> 8) & 0xff]);
    const common = { vr: 'OW', isUndefinedLength: false, isCut: false };
    elements.set(Number(tag), { ...common, tag: Number(tag), offset: parts.length, length: bytes.length });
    for (const byte of bytes) parts.push(byte);
  }
  const encoding = { isExplicit: true, isLittleEndian: true };
  return { bytes: Uint8Array.from(parts), encoding, elements, isComplete: true, endOffset: 0, problem: undefined };
};

describe('lookupTable', () => {
  it('maps values below and above the table to its ends', () => {
    const table = lookupTable(dataSetOf({ 1: [3, 100, 12], 2: [7, 8, 9] }), 1, 2, false)!;
    expect(table).toEqual({ firstMapped: 100, bitsPerEntry: 12, entries: Uint16Array.of(7, 8, 9) });
    expect([...applyLookupTable(table, [0, 100, 101, 102, 5000])]).toEqual([7, 7, 8, 9, 9]);
  });

  it('reads a first mapped value below zero for signed pixels only', () => {
    const dataSet = dataSetOf({ 1: [1, 0xfc00, 16], 2: [5] });
    expect(lookupTable(dataSet, 1, 2, true)?.firstMapped).toBe(-1024);
    expect(lookupTable(dataSet, 1, 2, false)?.firstMapped).toBe(0xfc00);
  });

  it('takes zero entries for 65536', () => {
    const table = lookupTable(dataSetOf({ 1: [0, 0, 16], 2: new Uint8Array(131072).fill(1) }), 1, 2, false);
    expect(table?.entries).toHaveLength(65536);
  });

  it('reads 8-bit entries packed two to a word', () => {
    const table = lookupTable(dataSetOf({ 1: [4, 0, 8], 2: Uint8Array.of(1, 2, 3, 4) }), 1, 2, false);
    expect(table?.entries).toEqual(Uint16Array.of(1, 2, 3, 4));
  });

  it('is undefined when data are missing or too few', () => {
    expect(lookupTable(dataSetOf({ 1: [3, 0, 16] }), 1, 2, false)).toBeUndefined();
    expect(lookupTable(dataSetOf({ 1: [9, 0, 16], 2: [1, 2] }), 1, 2, false)).toBeUndefined();
    expect(lookupTable(dataSetOf({ 2: [1, 2] }), 1, 2, false)).toBeUndefined();
  });
});

describe('paletteToRgb', () => {
  const descriptor = [5, 0, 16];
  const tables = (words: number[], tag: number) =>
    dataSetOf({
      0x00281101: descriptor,
      0x00281102: descriptor,
      0x00281103: descriptor,
      [tag]: words,
      [tag + 1]: words,
      [tag + 2]: words,
    });

  it('takes the upper 8 bits of 16-bit entries', () => {
    const rgb = paletteToRgb(tables([0x0000, 0x4000, 0x8000, 0xc000, 0xff00], 0x00281201), [0, 1, 4], false);
    expect([...rgb]).toEqual([0, 0, 0, 0x40, 0x40, 0x40, 0xff, 0xff, 0xff]);
  });

  it('takes entries that are bytes in spite of their descriptor as they are', () => {
    expect([...paletteToRgb(tables([0, 64, 128, 192, 255], 0x00281201), [3], false)]).toEqual([192, 192, 192]);
  });

  it('unrolls discrete and linear segments', () => {
    /** One entry 0x1000, then four steps up to 0x5000 (PS3.3 C.7.9.2). */
    const segments = [0, 1, 0x1000, 1, 4, 0x5000];
    const rgb = paletteToRgb(tables(segments, 0x00281221), [0, 1, 2, 3, 4], false);
    expect([...rgb].filter((_, index) => index % 3 === 0)).toEqual([0x10, 0x20, 0x30, 0x40, 0x50]);
  });

  it('unrolls an indirect segment', () => {
    /** Two discrete entries, then a reference to one segment at byte 0, then one more entry. */
    const segments = [0, 2, 0x1000, 0x2000, 2, 1, 0, 0, 0, 1, 0x5000];
    const rgb = paletteToRgb(tables(segments, 0x00281221), [0, 1, 2, 3, 4], false);
    expect([...rgb].filter((_, index) => index % 3 === 0)).toEqual([0x10, 0x20, 0x10, 0x20, 0x50]);
  });

  it('refuses an image whose palette is missing', () => {
    expect(() => paletteToRgb(dataSetOf({}), [0], false)).toThrow('DICOM_CODEC_FAILED');
  });
});
