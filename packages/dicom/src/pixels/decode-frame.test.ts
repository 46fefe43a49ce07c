import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sampleBytes, samplePath } from '../samples.fixture.ts';
import { decodeFrame } from './decode-frame.ts';
import type { Frame, GrayscaleFrame } from './frame.ts';

const work = mkdtempSync(join(tmpdir(), 'decode-frame-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** All frames of a file as dcmtk decompresses and dumps them, raw. */
const dcmtkPixels = (name: string, command: string): Uint8Array => {
  const [decompressor = '', ...options] = command.split(' ');
  const folder = mkdtempSync(join(work, 'raw-'));
  const plain = join(folder, 'plain.dcm');
  execFileSync(decompressor, [...options, samplePath(name), plain], { stdio: 'ignore' });
  execFileSync('dcmdump', ['-q', '+W', folder, plain], { stdio: 'ignore' });
  // An icon image is dumped before the image itself.
  const raw = readdirSync(folder)
    .filter((file) => file.endsWith('.raw'))
    .sort()
    .at(-1);
  return new Uint8Array(readFileSync(join(folder, raw!)));
};

const bytesOf = ({ samples }: Frame): Uint8Array =>
  new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);

const grayscale = async (name: string, frameIndex = 0): Promise<GrayscaleFrame> => {
  const frame = await decodeFrame(sampleBytes(name), frameIndex);
  if (frame.kind !== 'grayscale') throw new Error(`${name} is not grayscale`);
  return frame;
};

describe('decodeFrame, sample by sample as dcmtk', () => {
  const ct = (suffix: string) => `transfer-syntax/ct-1.2.840.10008.1.2.${suffix}.dcm`;

  it.each([
    [ct('1'), 'dcmconv'],
    ['transfer-syntax/ct-1.2.840.10008.1.2.dcm', 'dcmconv'],
    [ct('2'), 'dcmconv'],
    [ct('1.99'), 'dcmconv'],
    [ct('4.50'), 'dcmdjpeg'],
    [ct('4.51'), 'dcmdjpeg'],
    [ct('4.53'), 'dcmdjpeg'],
    [ct('4.55'), 'dcmdjpeg'],
    [ct('4.57'), 'dcmdjpeg'],
    [ct('4.70'), 'dcmdjpeg'],
    [ct('4.80'), 'dcmdjpls'],
    [ct('4.81'), 'dcmdjpls'],
    [ct('5'), 'dcmdrle'],
    ['dx/cr-chest-pa-nih-jpeg-baseline.dcm', 'dcmdjpeg'],
    ['dx/cr-hip-fuji-jpeg-lossless.dcm', 'dcmdjpeg'],
    ['dx/mg-cc-siemens-overlay-out-of-bounds.dcm', 'dcmdjpeg'],
    ['ct/single/ct-jpeg-lossless.dcm', 'dcmdjpeg'],
    ['xa/nist-xa-3.dcm', 'dcmdjpeg'],
    ['us/examples_ybr_color.dcm', 'dcmdjpeg'],
    ['us/nist-us-1.dcm', 'dcmconv'],
    ['us/examples_rgb_color.dcm', 'dcmconv'],
    ['pixel-format/TestPattern_JPEG-Baseline_YBR422.dcm', 'dcmdjpeg'],
    ['pixel-format/TestPattern_JPEG-Lossless_RGB.dcm', 'dcmdjpeg'],
    ['pixel-format/TestPattern_JPEG-LS-Lossless.dcm', 'dcmdjpls'],
    ['pixel-format/SC_rgb_rle_2frame.dcm', 'dcmdrle'],
    // Its header says RGB, its subsampled planes cannot be: dcmtk sees it when it may guess.
    ['malformed/GH195.dcm', 'dcmdjpeg +cg'],
    ['malformed/D_CLUNIE_CT1_RLE_FRAGS.dcm', 'dcmdrle'],
  ])('decodes first and last frame of %s', async (name, decompressor) => {
    const expected = dcmtkPixels(name, decompressor);
    const file = sampleBytes(name);
    const first = bytesOf(await decodeFrame(file, 0));
    expect(Buffer.compare(first, expected.subarray(0, first.length))).toBe(0);
    const last = Math.floor(expected.length / first.length) - 1;
    const decoded = bytesOf(await decodeFrame(file, last));
    expect(Buffer.compare(decoded, expected.subarray(last * first.length, (last + 1) * first.length))).toBe(0);
    await expect(decodeFrame(file, last + 1)).rejects.toMatchObject({ code: 'DICOM_FRAME_NOT_FOUND' });
  });
});

/** SHA-256 over the samples, grey ones as 32-bit integers, so that the expected type does not matter. */
const digestOf = ({ kind, samples }: Frame): string => {
  const values = kind === 'grayscale' ? Int32Array.from(samples) : samples;
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
};

describe('decodeFrame, sample by sample as pydicom', () => {
  /** pydicom 2.3.1 with GDCM 3.0.21 and its own LUT and colour functions; the HTJ2K row by OpenJPEG 2.5.0. */
  it.each([
    ['transfer-syntax/ct-1.2.840.10008.1.2.4.90.dcm', 0, 'grayscale', 'b76703cf422e7a4b'],
    ['transfer-syntax/ct-1.2.840.10008.1.2.4.91.dcm', 0, 'grayscale', 'bf9f02911b6e49d4'],
    ['transfer-syntax/HTJ2KLossless_08_RGB.dcm', 0, 'colour', '9d87240604f5d752'],
    ['dx/cr-chest-pa-philips-j2k.dcm', 0, 'grayscale', 'c81b5a33a33af0c4'],
    ['dx/dx-chest-pa-canon-j2k-lossless.dcm', 0, 'grayscale', '5410ff988e5db7af'],
    ['dx/dx-pelvis-ap-infant-1.dcm', 0, 'colour', '44da90ded7dacb7e'],
    ['dx/cr-dental-panoramic-modality-lut.dcm', 0, 'grayscale', '5e1ab5d79590b569'],
    ['pixel-format/GDCMJ2K_TextGBR.dcm', 0, 'colour', 'bea5673fdd49313f'],
    ['pixel-format/J2K_pixelrep_mismatch.dcm', 0, 'grayscale', '22e412dd68b03a32'],
    ['pixel-format/SC_rgb_16bit_2frame.dcm', 1, 'colour', 'd9d849600989153e'],
    ['pixel-format/SC_rgb_32bit.dcm', 0, 'colour', '169e619557b12114'],
    ['pixel-format/SC_rgb_rle_2frame.dcm', 1, 'colour', 'd9d849600989153e'],
    ['pixel-format/SC_rgb_small_odd.dcm', 0, 'colour', 'ef2df252ba3cd066'],
    ['pixel-format/SC_ybr_full_422_uncompressed.dcm', 0, 'colour', 'ddb100d8f45a7fbf'],
    ['pixel-format/TestPattern_Palette.dcm', 0, 'colour', '7cd0371eb339cb41'],
    ['pixel-format/TestPattern_Palette_16.dcm', 0, 'colour', '7cd0371eb339cb41'],
    ['pixel-format/examples_overlay.dcm', 0, 'grayscale', 'df0488bfed928017'],
    ['pixel-format/liver_1frame.dcm', 0, 'grayscale', '36ed5e257c356eca'],
    ['pixel-format/signed-raw-9bit.dcm', 0, 'grayscale', 'af80732a0ef2d15e'],
    ['us/examples_palette.dcm', 0, 'colour', '322156a65198e9be'],
    ['mr/multiframe/emri_small.dcm', 9, 'grayscale', 'b20fd2ba92e8e9fc'],
    ['mr/multiframe/cine-test.dcm', 7, 'grayscale', '07e279b5b809c3ca'],
    ['phantom-planar/leeds.dcm', 0, 'grayscale', 'dcd1ea7653deaa47'],
  ])('decodes %s, frame %i', async (name, frameIndex, kind, digest) => {
    const frame = await decodeFrame(sampleBytes(name), frameIndex);
    expect([frame.kind, digestOf(frame)]).toEqual([kind, digest]);
  });
});

describe('decodeFrame', () => {
  it('says how a frame is to be shown', async () => {
    const chest = await grayscale('dx/dx-chest-pa-canon-j2k-lossless.dcm');
    expect(chest).toMatchObject({
      rows: 2128,
      columns: 2000,
      isInverted: true,
      isSigned: false,
      bitsStored: 12,
      rescaleSlope: 1,
      rescaleIntercept: 0,
      windows: [{ center: 2048, width: 4096 }],
      pixelSpacing: { rowMm: 0.16, columnMm: 0.16, source: 'PixelSpacing' },
    });
    const ct = await grayscale('transfer-syntax/ct-1.2.840.10008.1.2.1.dcm');
    expect(ct).toMatchObject({ isInverted: false, isSigned: true, rescaleIntercept: -1024 });
    expect(ct.samples).toBeInstanceOf(Int16Array);
    const sorted = ct.samples.toSorted();
    expect([ct.minStored, ct.maxStored]).toEqual([sorted[0], sorted.at(-1)]);
  });

  it('puts the output of a Modality LUT in place of the stored values', async () => {
    const dental = await grayscale('dx/cr-dental-panoramic-modality-lut.dcm');
    expect(dental).toMatchObject({ rescaleSlope: 1, rescaleIntercept: 0, isSigned: false });
  });

  it('does not copy samples that are clean already', async () => {
    const file = sampleBytes('us/nist-us-1.dcm');
    expect((await decodeFrame(file, 0)).samples.buffer).toBe(file.buffer);
  });

  it('decodes frames side by side in one thread, a broken one among them', async () => {
    const whole = sampleBytes('transfer-syntax/ct-1.2.840.10008.1.2.4.70.dcm');
    const broken = whole.slice();
    for (let at = broken.length - 60_000; at < broken.length - 100; at += 1) broken[at] = 0x11;
    const results = await Promise.allSettled([whole, broken, whole, broken, whole].map((file) => decodeFrame(file, 0)));
    const kinds = results.map(({ status }) => status);
    expect([kinds[0], kinds[2], kinds[4]]).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  });
});
