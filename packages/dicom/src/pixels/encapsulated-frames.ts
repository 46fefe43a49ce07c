import { AppError } from '@jiapian/kernel';
import type { DataSet } from '../read-data-set.ts';
import {
  type Element,
  itemTag,
  readTag,
  readUint32,
  sequenceDelimitationTag,
  undefinedLength,
} from '../element-header.ts';
import { uint32Words } from '../element-values.ts';

/** A piece of a code stream; `position` counts from the first fragment's item tag, as offset tables do. */
interface Fragment {
  position: number;
  offset: number;
  length: number;
  isCut: boolean;
}

const itemHeaderLength = 8;

/**
 * The code stream of one frame of encapsulated pixel data, found by the extended offset table, the basic
 * one, or the fragments themselves (PS3.5 annex A.4). A view into the block unless fragments must be joined.
 *
 * Throws DICOM_CODEC_FAILED when the fragments are cut or do not add up to the frame, DICOM_NO_PIXELS when
 * there are none.
 */
export const encapsulatedFrame = (
  dataSet: DataSet,
  element: Element,
  frameIndex: number,
  numberOfFrames: number,
): Uint8Array => {
  const { bytes } = dataSet;
  const { basicOffsets, fragments } = readFragments(bytes, element);
  if (fragments.length === 0) throw new AppError('DICOM_NO_PIXELS', { reason: 'the pixel data hold no fragment' });
  const starts = frameStarts(dataSet, basicOffsets, fragments, numberOfFrames);
  const from = starts[frameIndex];
  const to = starts[frameIndex + 1] ?? fragments.length;
  const own = from === undefined ? [] : fragments.slice(from, to);
  if (own.length === 0) {
    const facts = { reason: 'no fragment belongs to the frame', frameIndex, fragmentCount: fragments.length };
    throw new AppError('DICOM_CODEC_FAILED', facts);
  }
  const cut = own.find((fragment) => fragment.isCut);
  if (cut !== undefined) {
    const facts = { reason: 'the file ends inside a fragment of the frame', frameIndex, presentBytes: cut.length };
    throw new AppError('DICOM_CODEC_FAILED', facts);
  }
  return joined(bytes, own);
};

const readFragments = (bytes: Uint8Array, element: Element): { basicOffsets: number[]; fragments: Fragment[] } => {
  const end = element.offset + element.length;
  const items: Fragment[] = [];
  let at = element.offset;
  let firstFragmentAt = at;
  while (at + itemHeaderLength <= end) {
    const tag = readTag(bytes, at, true);
    if (tag === sequenceDelimitationTag || tag !== itemTag) break;
    const declared = readUint32(bytes, at + 4, true);
    const offset = at + itemHeaderLength;
    const length = declared === undefinedLength ? end - offset : Math.min(declared, end - offset);
    if (items.length === 1) firstFragmentAt = at;
    items.push({ position: at - firstFragmentAt, offset, length, isCut: length < declared });
    at = offset + length;
  }
  const [table, ...fragments] = items;
  const basicOffsets = table === undefined ? [] : uint32Words(bytes, table.offset, table.length);
  return { basicOffsets, fragments };
};

/** The index of the first fragment of each frame. */
const frameStarts = (
  dataSet: DataSet,
  basicOffsets: number[],
  fragments: readonly Fragment[],
  numberOfFrames: number,
): number[] => {
  if (numberOfFrames === 1) return [0];
  const offsets = extendedOffsets(dataSet) ?? basicOffsets;
  if (offsets.length > 0) {
    const starts = offsets.map((offset) => fragments.findIndex(({ position }) => position === offset));
    // Some writers fill the table with zeros or let 32 bits overflow; the fragments are the better witness then.
    if (starts.every((start, frame) => start >= 0 && (frame === 0 || start > starts[frame - 1]!))) return starts;
  }
  if (fragments.length === numberOfFrames) return fragments.map((_, index) => index);
  return fragments.flatMap((fragment, index) => (beginsStream(dataSet.bytes, fragment) ? [index] : []));
};

const extendedOffsetTableTag = 0x7fe00001;

const extendedOffsets = ({ bytes, elements }: DataSet): number[] | undefined => {
  const table = elements.get(extendedOffsetTableTag);
  if (table === undefined || table.length === 0) return undefined;
  const low = uint32Words(bytes, table.offset, table.length);
  return low.flatMap((word, index) => (index % 2 === 0 ? [word + (low[index + 1] ?? 0) * 2 ** 32] : []));
};

/** A JPEG or JPEG-LS stream begins with FFD8, a JPEG 2000 one with FF4F. */
const beginsStream = (bytes: Uint8Array, { offset }: Fragment): boolean =>
  bytes[offset] === 0xff && (bytes[offset + 1] === 0xd8 || bytes[offset + 1] === 0x4f);

const joined = (bytes: Uint8Array, fragments: readonly Fragment[]): Uint8Array => {
  const [first] = fragments;
  if (fragments.length === 1 && first !== undefined) return bytes.subarray(first.offset, first.offset + first.length);
  const whole = new Uint8Array(fragments.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { offset, length } of fragments) {
    whole.set(bytes.subarray(offset, offset + length), at);
    at += length;
  }
  return whole;
};
