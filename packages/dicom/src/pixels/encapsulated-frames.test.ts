import { describe, expect, it } from 'vitest';
import type { DataSet } from '../read-data-set.ts';
import type { Element } from '../element-header.ts';
import { encapsulatedFrame } from './encapsulated-frames.ts';

const word = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >>> shift) & 0xff);
const item = (content: number[], length = content.length): number[] => [
  0xfe,
  0xff,
  0x00,
  0xe0,
  ...word(length),
  ...content,
];
const delimiter = [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0];

/** Pixel data of a basic offset table and fragments, with an extended offset table before it when given. */
const pixelData = (basicOffsets: number[], fragments: number[][], extended: number[] = []) => {
  const table = extended.flatMap((offset) => [...word(offset), ...word(0)]);
  const encapsulated = [...item(basicOffsets.flatMap(word)), ...fragments.flatMap((one) => item(one)), ...delimiter];
  const bytes = Uint8Array.from([...table, ...encapsulated]);
  const common = { vr: 'OB', isUndefinedLength: false, isCut: false };
  const element: Element = {
    ...common,
    tag: 0x7fe00010,
    offset: table.length,
    length: encapsulated.length,
    isUndefinedLength: true,
  };
  const offsets: Element = { ...common, tag: 0x7fe00001, offset: 0, length: table.length };
  const dataSet: DataSet = {
    bytes,
    encoding: { isExplicit: true, isLittleEndian: true },
    elements: new Map(table.length === 0 ? [] : [[offsets.tag, offsets]]),
    isComplete: true,
    endOffset: 0,
    problem: undefined,
  };
  return { dataSet, element };
};

const soi = [0xff, 0xd8];
const frames = (data: ReturnType<typeof pixelData>, count: number): number[][] =>
  Array.from({ length: count }, (_, index) => [...encapsulatedFrame(data.dataSet, data.element, index, count)]);

describe('encapsulatedFrame', () => {
  const [a, b, c, d] = [
    [...soi, 1, 1],
    [2, 2],
    [...soi, 3, 3],
    [4, 4, 4, 4],
  ] as [number[], number[], number[], number[]];

  it('joins all fragments of a single frame', () => {
    expect(frames(pixelData([], [a, b]), 1)).toEqual([[...a, ...b]]);
  });

  it('gives one fragment to each frame when their numbers are equal', () => {
    expect(frames(pixelData([], [b, d]), 2)).toEqual([b, d]);
  });

  it('follows the basic offset table', () => {
    /** The second frame begins behind two item headers of 8 bytes and the fragments a and b. */
    expect(frames(pixelData([0, 22], [a, b, c, d]), 2)).toEqual([
      [...a, ...b],
      [...c, ...d],
    ]);
  });

  it('follows the extended offset table before the basic one', () => {
    expect(frames(pixelData([0, 12], [a, b, c, d], [0, 22]), 2)).toEqual([
      [...a, ...b],
      [...c, ...d],
    ]);
  });

  it('looks for the beginnings of streams when there is no table', () => {
    expect(frames(pixelData([], [a, b, c, d]), 2)).toEqual([
      [...a, ...b],
      [...c, ...d],
    ]);
  });

  it('does not follow a table that points nowhere or repeats itself', () => {
    expect(frames(pixelData([0, 0], [a, c]), 2)).toEqual([a, c]);
    expect(frames(pixelData([0, 9999], [a, b, c]), 2)).toEqual([[...a, ...b], c]);
  });

  it('gives a view, not a copy, of a frame in one fragment', () => {
    const data = pixelData([], [a]);
    expect(encapsulatedFrame(data.dataSet, data.element, 0, 1).buffer).toBe(data.dataSet.bytes.buffer);
  });

  it('refuses pixel data without fragments', () => {
    expect(() => frames(pixelData([], []), 1)).toThrow('DICOM_NO_PIXELS');
  });

  it('refuses a frame no fragment belongs to', () => {
    expect(() => frames(pixelData([], [a]), 2)).toThrow('DICOM_CODEC_FAILED');
  });

  it('refuses a frame the file ends in, and still gives the ones before it', () => {
    const { dataSet, element } = pixelData([], [a, c]);
    const cut = { ...element, length: element.length - delimiter.length - 1 };
    expect([...encapsulatedFrame(dataSet, cut, 0, 2)]).toEqual(a);
    expect(() => encapsulatedFrame(dataSet, cut, 1, 2)).toThrow('DICOM_CODEC_FAILED');
  });
});
