import { describe, expect, it } from 'vitest';
import { readPart10 } from '../read-part10.ts';
import { sampleBytes } from '../samples.fixture.ts';
import { storedFrame } from './stored-frame.ts';

const frameOf = (name: string, frameIndex: number) => storedFrame(readPart10(sampleBytes(name)).dataSet, frameIndex);

describe('storedFrame', () => {
  it('gives the code stream of a compressed frame', () => {
    const { bytes, isEncapsulated } = frameOf('us/examples_ybr_color.dcm', 29);
    expect(isEncapsulated).toBe(true);
    expect([bytes[0], bytes[1]]).toEqual([0xff, 0xd8]);
  });

  it('gives the bytes of an uncompressed frame, the last one at the end of the pixel data', () => {
    const file = sampleBytes('us/nist-us-1.dcm');
    const { dataSet } = readPart10(file);
    const pixelData = dataSet.elements.get(0x7fe00010)!;
    const last = storedFrame(dataSet, 7);
    expect(last.isEncapsulated).toBe(false);
    expect(last.bytes).toHaveLength(120 * 128);
    expect(last.bytes.byteOffset + last.bytes.length).toBe(pixelData.offset + pixelData.length);
  });

  it('refuses a frame that is not there', () => {
    expect(() => frameOf('us/nist-us-1.dcm', 8)).toThrow('DICOM_FRAME_NOT_FOUND');
    expect(() => frameOf('malformed/GH626.dcm', 0)).toThrow('DICOM_NO_PIXELS');
    expect(() => frameOf('malformed/MR_truncated.dcm', 0)).toThrow('DICOM_NO_PIXELS');
    expect(() => frameOf('malformed/trunc-in-fragment.dcm', 0)).toThrow('DICOM_CODEC_FAILED');
  });
});
