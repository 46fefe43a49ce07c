import { AppError } from '@jiapian/kernel';
import { describe, expect, it } from 'vitest';
import { readPart10 } from '../read-part10.ts';
import { sampleBytes } from '../samples.fixture.ts';
import { decodeFrame } from './decode-frame.ts';

const refusalOf = async (bytes: Uint8Array, frameIndex = 0): Promise<AppError> => {
  try {
    await decodeFrame(bytes, frameIndex);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the frame was not refused');
};

const jpeg = 'dx/cr-chest-pa-nih-jpeg-baseline.dcm';
const ct = (suffix: string) => `transfer-syntax/ct-1.2.840.10008.1.2.${suffix}.dcm`;

describe('decodeFrame refuses', () => {
  it('an object without an image', async () => {
    expect(await refusalOf(sampleBytes('rdsr/CT-RDSR-GEPixelMed.dcm'))).toMatchObject({
      code: 'DICOM_NO_PIXELS',
      facts: { reason: 'the object has no rows or columns' },
    });
  });

  it('an image whose pixel data are missing', async () => {
    expect(await refusalOf(sampleBytes('malformed/GH626.dcm'))).toMatchObject({
      code: 'DICOM_NO_PIXELS',
      facts: { reason: 'the object has no pixel data' },
    });
  });

  it('uncompressed pixel data that end early, and says how early', async () => {
    const { code, facts } = await refusalOf(sampleBytes('malformed/MR_truncated.dcm'));
    expect(code).toBe('DICOM_NO_PIXELS');
    expect(facts).toMatchObject({ expectedBytes: 8192, presentBytes: 8130 });
  });

  it('a fragment the file ends in', async () => {
    const { code, facts } = await refusalOf(sampleBytes('malformed/trunc-in-fragment.dcm'));
    expect(code).toBe('DICOM_CODEC_FAILED');
    expect(facts['reason']).toBe('the file ends inside a fragment of the frame');
  });

  it.each([-1, 1, 0.5, Number.NaN])('frame %d of a single-frame image', async (frameIndex) => {
    expect(await refusalOf(sampleBytes(jpeg), frameIndex)).toMatchObject({ code: 'DICOM_FRAME_NOT_FOUND' });
  });

  it('a JPEG stream without an end, rather than a half grey film', async () => {
    const bytes = sampleBytes(jpeg).slice();
    bytes.fill(0, bytes.length - 2000, bytes.length - 8);
    expect((await refusalOf(bytes)).facts['reason']).toBe('the JPEG stream has no end marker');
  });

  it('a stream of another size than the header says', async () => {
    const bytes = sampleBytes(jpeg).slice();
    const rows = readPart10(bytes).dataSet.elements.get(0x00280010)!;
    bytes[rows.offset + 1] = 0x01;
    expect((await refusalOf(bytes)).facts).toMatchObject({
      reason: 'the coded image has another size than the header says',
      expected: '256x1024',
      coded: '1024x1024',
    });
  });

  it('a video transfer syntax, by its name', async () => {
    const bytes = sampleBytes(ct('5')).slice();
    const text = new TextDecoder('latin1').decode(bytes.subarray(0, 400));
    const at = text.indexOf('1.2.840.10008.1.2.5\0');
    bytes.set(new TextEncoder().encode('1.2.840.10008.1.2.7\0'), at);
    expect((await refusalOf(bytes)).facts['reason']).toBe('no decoder for Unknown transfer syntax');
  });

  it('bits stored that do not fit the bits allocated', async () => {
    const bytes = sampleBytes(ct('1')).slice();
    bytes[readPart10(bytes).dataSet.elements.get(0x00280101)!.offset] = 17;
    expect((await refusalOf(bytes)).facts['reason']).toBe('17 bits cannot be stored in 16');
  });

  it.each(['4.50', '4.51', '4.55', '4.70', '4.80', '4.90', '4.91', '5', '1.99'])(
    'or survives any damage to %s, and decodes the next frame as if nothing had been',
    async (suffix) => {
      const whole = sampleBytes(ct(suffix));
      const pixelData = readPart10(whole).dataSet.elements.get(0x7fe00010)!;
      const from = suffix === '1.99' ? 1000 : pixelData.offset;
      for (const step of [53, 401, 3001]) {
        const damaged = whole.slice();
        for (let at = from + 24; at < damaged.length; at += step) damaged[at]! ^= 0xff;
        await decodeFrame(damaged, 0).catch((error: unknown) => expect(error).toBeInstanceOf(AppError));
        expect((await decodeFrame(whole, 0)).rows).toBe(512);
      }
    },
  );
});
