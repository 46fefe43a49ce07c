import { closeSync, fstatSync, openSync } from 'node:fs';
import { type DataSet, readDataSetOf, transferSyntaxFor } from '@jiapian/dicom';
import { decodeFrameOf, type Frame, storedFrame } from '@jiapian/dicom/pixels';
import type { FrameSource } from './frame-source.ts';
import { oneFrameOf } from './one-frame.ts';
import { readRange } from './read-range.ts';

/** Of a multi-frame object above this only the header and the frame are read: a cine run asks for every frame. */
const frameAloneBytes = 2 * 1024 * 1024;
/** Files up to this are read into one buffer that is used again: a fresh one costs many times the reading. */
const reusedBufferBytes = 64 * 1024 * 1024;

let reused: Buffer = Buffer.alloc(0);

/** Decodes one frame of a stored object. The samples may lie in the shared buffer: copy them before the next call. */
export const readFrame = (source: FrameSource, frameIndex: number): Promise<Frame> =>
  withDataSet(source, frameIndex, (dataSet, index) =>
    decodeFrameOf({ dataSet, transferSyntaxUid: source.transferSyntaxUid }, index),
  );

/** The frame's bytes as they are stored; copy them before the next call. */
export const readStoredFrame = (source: FrameSource, frameIndex: number): Promise<Uint8Array> =>
  withDataSet(source, frameIndex, async (dataSet, index) => storedFrame(dataSet, index).bytes);

const withDataSet = async <Value>(
  source: FrameSource,
  frameIndex: number,
  use: (dataSet: DataSet, frameIndex: number) => Promise<Value>,
): Promise<Value> => {
  const file = openSync(source.path, 'r');
  try {
    const { size } = fstatSync(file);
    const isLarge = size - source.dataSetOffset > frameAloneBytes && source.numberOfFrames > 1;
    if (isLarge && !transferSyntaxFor(source.transferSyntaxUid).isDeflated) {
      const single = oneFrameOf(file, size, source, frameIndex);
      if (single !== undefined) return await use(single, 0);
    }
    const bytes = readRange(file, source.dataSetOffset, size, bufferOf(size - source.dataSetOffset));
    return await use(readDataSetOf(bytes, 0, source.transferSyntaxUid), frameIndex);
  } finally {
    closeSync(file);
  }
};

const bufferOf = (bytes: number): Buffer => {
  if (bytes > reusedBufferBytes) return Buffer.allocUnsafeSlow(bytes);
  if (reused.length < bytes) reused = Buffer.allocUnsafeSlow(bytes);
  return reused;
};
