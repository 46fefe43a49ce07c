import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementsOf, encodeDataSet, joinChunks, type KeywordValues, readHeaderFacts, readPart10 } from '@jiapian/dicom';
import { decodeFrame, decodeFrameOf } from '@jiapian/dicom/pixels';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { samplesBelow } from '../../../../test/testkit/src/samples.ts';
import type { FrameSource } from './frame-source.ts';
import { oneFrameOf } from './one-frame.ts';
import { readFrame } from './read-frame.ts';

const explicitLittleEndian = '1.2.840.10008.1.2.1';
const rle = '1.2.840.10008.1.2.5';
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frames-'));
});
afterAll(() => rm(folder, { recursive: true }));

const side = 1024;
const frames = 70;
/** Above the size that is read whole: 70 frames of 1 MiB. */
const head: KeywordValues = {
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.7.2',
  SOPInstanceUID: '2.25.7',
  SamplesPerPixel: 1,
  PhotometricInterpretation: 'MONOCHROME2',
  Rows: side,
  Columns: side,
  BitsAllocated: 8,
  BitsStored: 8,
  HighBit: 7,
  PixelRepresentation: 0,
};
const numberOfFrames = { tag: 0x00280008, vr: 'IS', value: frames } as const;
const sourceOf = (path: string, dataSetOffset: number, transferSyntaxUid: string): FrameSource => ({
  path,
  dataSetOffset,
  transferSyntaxUid,
  numberOfFrames: frames,
});

describe('one frame alone', () => {
  const paths = ['mr', 'pixel-format', 'us', 'xa'].flatMap((folder) => samplesBelow(folder));

  it('is the same as from the whole file, for every multi-frame sample', async () => {
    let compared = 0;
    for (const path of paths.filter((one) => one.endsWith('.dcm'))) {
      const bytes = new Uint8Array(await readFile(path));
      const { numberOfFrames = 0 } = readHeaderFacts(bytes);
      if (numberOfFrames < 2) continue;
      const { transferSyntaxUid, dataSetOffset } = readPart10(bytes);
      const file = await open(path);
      for (const index of [0, numberOfFrames - 1]) {
        const source = { path, dataSetOffset, transferSyntaxUid, numberOfFrames };
        const dataSet = oneFrameOf(file.fd, bytes.length, source, index);
        expect(dataSet, path).toBeDefined();
        const alone = await decodeFrameOf({ dataSet: dataSet!, transferSyntaxUid }, 0);
        expect(alone, path).toEqual(await decodeFrame(bytes, index));
        compared += 1;
      }
      await file.close();
    }
    expect(compared).toBeGreaterThanOrEqual(16);
  });
});

describe('a frame of a large multi-frame object', () => {
  it('is the frame that was written, first, middle and last', async () => {
    const path = join(folder, 'native');
    const pixels = new Uint8Array(side * side * frames);
    for (let frame = 0; frame < frames; frame += 1)
      pixels.fill(frame + 1, frame * side * side, (frame + 1) * side * side);
    const dataSet = joinChunks(encodeDataSet([...elementsOf({ ...head, PixelData: pixels }), numberOfFrames]));
    const before = new Uint8Array(300);
    await writeFile(path, joinChunks([before, dataSet]));
    expect((await stat(path)).size).toBeGreaterThan(64 * 1024 * 1024);
    for (const frame of [0, 34, 69]) {
      const read = await readFrame(sourceOf(path, before.length, explicitLittleEndian), frame);
      expect(read).toMatchObject({
        kind: 'grayscale',
        rows: side,
        columns: side,
        minStored: frame + 1,
        maxStored: frame + 1,
      });
    }
  });

  it('is found among compressed fragments', async () => {
    const path = join(folder, 'rle');
    // The pixel element by hand: header of undefined length, empty offset table, one fragment a frame.
    const prefix = joinChunks(encodeDataSet([...elementsOf(head), numberOfFrames]));
    const file = await open(path, 'w');
    await file.write(prefix);
    await file.write(Buffer.from('e07f10004f420000ffffffff' + 'feff00e000000000', 'hex'));
    for (let frame = 0; frame < frames; frame += 1) await file.write(rleFragment(frame + 1));
    await file.write(Buffer.from('feffdde000000000', 'hex'));
    await file.close();
    for (const frame of [0, 41, 69]) {
      const read = await readFrame(sourceOf(path, 0, rle), frame);
      expect(read).toMatchObject({ rows: side, minStored: frame + 1, maxStored: frame + 1 });
    }
  });
});

/** One RLE segment (PS3.5 annex G) of 1024 × 1024 equal bytes, filled up to 1 MiB so that the file is a large one. */
const rleFragment = (value: number): Buffer => {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(1, 0);
  header.writeUInt32LE(64, 4);
  const runs = Buffer.alloc((side * side) / 64);
  for (let at = 0; at < runs.length; at += 2) {
    runs[at] = 257 - 128;
    runs[at + 1] = value;
  }
  const fragment = Buffer.alloc(1024 * 1024);
  header.copy(fragment);
  runs.copy(fragment, 64);
  const item = Buffer.alloc(8);
  item.writeUInt32LE(0xe000fffe, 0);
  item.writeUInt32LE(fragment.length, 4);
  return Buffer.concat([item, fragment]);
};
