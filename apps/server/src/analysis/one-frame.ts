import { type DataSet, numberOf, plainTextOf, readDataSetOf, withFunctionalGroups } from '@jiapian/dicom';
import type { FrameSource } from './frame-source.ts';
import { readRange } from './read-range.ts';

const pixelDataTag = 0x7fe00010;
const numberOfFramesTag = 0x00280008;
const functionalGroupTags = [0x52009229, 0x52009230];
const firstHeadBytes = 128 * 1024;
/** A header of per-frame groups of 10,000 frames stays below this. */
const longestHeadBytes = 64 * 1024 * 1024;

/**
 * One frame of a multi-frame object as a data set of its own, reading the header and that frame's bytes only;
 * undefined when the frame cannot be found so (one-bit or subsampled pixels, frames of several fragments).
 */
export const oneFrameOf = (
  file: number,
  fileBytes: number,
  source: FrameSource,
  frameIndex: number,
): DataSet | undefined => {
  const whole = readHead(file, fileBytes, source);
  const element = whole?.elements.get(pixelDataTag);
  if (whole === undefined || element === undefined) return undefined;
  const pixelsAt = source.dataSetOffset + element.offset;
  const place = element.isUndefinedLength
    ? fragmentOf(file, fileBytes, pixelsAt, source.numberOfFrames, frameIndex)
    : nativePlace(whole, pixelsAt, frameIndex);
  if (place === undefined) return undefined;
  const pixels = readRange(file, place.start, place.end);
  if (pixels.length < place.end - place.start) return undefined;
  const framed = element.isUndefinedLength ? encapsulated(pixels) : pixels;
  const bytes = Buffer.concat([whole.bytes.subarray(0, element.offset), framed]);
  const laid = withFunctionalGroups({ ...whole, bytes }, frameIndex);
  const elements = new Map(laid.elements);
  for (const tag of [numberOfFramesTag, ...functionalGroupTags]) elements.delete(tag);
  elements.set(pixelDataTag, { ...element, length: framed.length, isCut: false });
  return { ...laid, elements };
};

const readHead = (file: number, fileBytes: number, source: FrameSource): DataSet | undefined => {
  for (let bytes = firstHeadBytes; bytes <= longestHeadBytes; bytes *= 4) {
    const head = readRange(file, source.dataSetOffset, Math.min(fileBytes, source.dataSetOffset + bytes));
    const dataSet = readDataSetOf(head, 0, source.transferSyntaxUid);
    if (dataSet.elements.has(pixelDataTag)) return dataSet;
  }
  return undefined;
};

interface Place {
  start: number;
  end: number;
}

const nativePlace = (dataSet: DataSet, pixelsAt: number, frameIndex: number): Place | undefined => {
  const [rows, columns, samples, bits] = [0x00280010, 0x00280011, 0x00280002, 0x00280100].map(
    (tag) => numberOf(dataSet, tag, 'US') ?? 0,
  ) as [number, number, number, number];
  const isSubsampled = plainTextOf(dataSet, 0x00280004) === 'YBR_FULL_422';
  if (bits % 8 !== 0 || isSubsampled) return undefined;
  const frameBytes = (rows * columns * samples * bits) / 8;
  const start = pixelsAt + frameBytes * frameIndex;
  return frameBytes > 0 ? { start, end: start + frameBytes } : undefined;
};

const itemHeaderBytes = 8;
const itemTagBytes = 0xe000fffe;

/** Frame n is fragment n when there are as many of them (PS3.5 annex A.4), the first item being the offset table. */
const fragmentOf = (
  file: number,
  fileBytes: number,
  pixelsAt: number,
  numberOfFrames: number,
  frameIndex: number,
): Place | undefined => {
  const fragments: Place[] = [];
  let at = pixelsAt;
  while (at + itemHeaderBytes <= fileBytes && fragments.length <= numberOfFrames + 1) {
    const header = Buffer.from(readRange(file, at, at + itemHeaderBytes));
    if (header.readUInt32LE(0) !== itemTagBytes) break;
    const start = at + itemHeaderBytes;
    at = start + header.readUInt32LE(4);
    fragments.push({ start, end: at });
  }
  return fragments.length === numberOfFrames + 1 ? fragments[frameIndex + 1] : undefined;
};

/** An empty offset table and the one fragment. */
const encapsulated = (fragment: Uint8Array): Uint8Array => {
  const headers = Buffer.alloc(itemHeaderBytes * 2);
  headers.writeUInt32LE(itemTagBytes, 0);
  headers.writeUInt32LE(itemTagBytes, itemHeaderBytes);
  headers.writeUInt32LE(fragment.length, itemHeaderBytes + 4);
  return Buffer.concat([headers, fragment]);
};
