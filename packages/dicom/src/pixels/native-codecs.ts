import { AppError } from '@jiapian/kernel';
import type { Context, NativeCodecs } from 'dcmjs-codecs';
import type { ImagePixel } from './image-pixel.ts';
import type { StreamCodec, StreamHeader } from './stream-codec.ts';

/** A decoded frame as the codec gives it: samples interleaved by pixel, little endian. */
export interface DecodedStream {
  bytes: Uint8Array;
  bytesPerSample: number;
  /** Three-sample pixels are red, green, blue already. */
  isRgb: boolean;
}

type Codecs = { Context: typeof Context; NativeCodecs: typeof NativeCodecs };

/** One WebAssembly instance per thread, created on first need and again after a failure. */
const initialisedCodecs = async (): Promise<Codecs> => {
  const { default: codecs } = await import('dcmjs-codecs');
  // A failing decode of another call may release the instance while this one waits for it.
  while (!codecs.NativeCodecs.isInitialized()) await codecs.NativeCodecs.initializeAsync();
  return codecs;
};

/**
 * Decodes one JPEG, JPEG-LS, JPEG 2000 or HTJ2K stream; the same samples as dcmtk, bit for bit, lossy ones
 * included. A decoder that failed is thrown away: its memory is not to be trusted for the next frame.
 *
 * Throws DICOM_CODEC_FAILED when the stream is broken or is not the image the header describes.
 */
export const decodeStream = async (
  stream: Uint8Array,
  { codec, size, isSubsampled = false }: StreamHeader,
  pixel: ImagePixel,
): Promise<DecodedStream> => {
  if (size !== undefined && (size.rows !== pixel.rows || size.columns !== pixel.columns)) {
    const facts = { expected: `${pixel.rows}x${pixel.columns}`, coded: `${size.rows}x${size.columns}` };
    throw new AppError('DICOM_CODEC_FAILED', {
      reason: 'the coded image has another size than the header says',
      ...facts,
    });
  }
  const codecs = await initialisedCodecs();
  let decoded: Context;
  try {
    const isChrominance = isSubsampled || pixel.photometricInterpretation.startsWith('YBR');
    decoded = decoders[codec](codecs, contextFor(codecs, stream, pixel), isChrominance);
  } catch (cause) {
    codecs.NativeCodecs.release();
    throw new AppError('DICOM_CODEC_FAILED', { reason: `the ${codec} stream is broken`, codec }, cause);
  }
  return checked(decoded.getDecodedBuffer(), codec, pixel);
};

/**
 * Encodes the samples of one frame without loss. Throws DICOM_COPY_IMPOSSIBLE when the encoder fails, or when what it
 * made does not decode to the same samples: such a stream never leaves.
 */
export const encodeStream = async (
  samples: Uint8Array,
  codec: 'rle' | 'jpeg-lossless',
  pixel: ImagePixel,
): Promise<Uint8Array> => {
  const codecs = await initialisedCodecs();
  const { NativeCodecs } = codecs;
  try {
    const context = contextFor(codecs, new Uint8Array(), pixel);
    context.setDecodedBuffer(samples);
    const made =
      codec === 'rle'
        ? NativeCodecs.encodeRle(context)
        : NativeCodecs.encodeJpeg(context, { lossy: false, predictor: 1, pointTransform: 0 });
    const stream = Uint8Array.from(made.getEncodedBuffer() ?? []);
    const proof = contextFor(codecs, stream, pixel);
    const again = codec === 'rle' ? NativeCodecs.decodeRle(proof) : NativeCodecs.decodeJpeg(proof);
    if (!Buffer.from(again.getDecodedBuffer() ?? []).equals(samples)) {
      throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'pixels', codec });
    }
    return stream;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    NativeCodecs.release();
    throw new AppError('DICOM_COPY_IMPOSSIBLE', { reason: 'pixels', codec }, cause);
  }
};

const contextFor = (codecs: Codecs, stream: Uint8Array, pixel: ImagePixel): Context =>
  new codecs.Context({
    width: pixel.columns,
    height: pixel.rows,
    bitsAllocated: pixel.bitsAllocated,
    bitsStored: pixel.bitsStored,
    samplesPerPixel: pixel.samplesPerPixel,
    pixelRepresentation: pixel.isSigned ? 1 : 0,
    planarConfiguration: 0,
    photometricInterpretation: pixel.photometricInterpretation,
    encodedBuffer: stream,
  });

/**
 * The photometric interpretation rules, not the JFIF or Adobe marker: encoders leave the marker out or lie. Only where
 * the planes are subsampled does the stream know better than a header that says RGB.
 */
const decoders: Readonly<Record<StreamCodec, (codecs: Codecs, context: Context, isChrominance: boolean) => Context>> = {
  jpeg: ({ NativeCodecs }, context, isChrominance) =>
    NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: isChrominance }),
  'jpeg-ls': ({ NativeCodecs }, context) => NativeCodecs.decodeJpegLs(context),
  'jpeg-2000': ({ NativeCodecs }, context) => NativeCodecs.decodeJpeg2000(context),
  htj2k: ({ NativeCodecs }, context) => NativeCodecs.decodeHtJpeg2000(context),
};

const checked = (bytes: Uint8Array | undefined, codec: StreamCodec, pixel: ImagePixel): DecodedStream => {
  const samples = pixel.rows * pixel.columns * pixel.samplesPerPixel;
  const bytesPerSample = bytes === undefined ? 0 : bytes.length / samples;
  if (bytes === undefined || (bytesPerSample !== 1 && bytesPerSample !== 2)) {
    throw new AppError('DICOM_CODEC_FAILED', {
      reason: 'the coded image has another number of samples than the header says',
      codec,
      expectedSamples: samples,
      decodedBytes: bytes?.length ?? 0,
    });
  }
  return { bytes, bytesPerSample, isRgb: isRgbAfter(codec, pixel.photometricInterpretation) };
};

/** JPEG is converted on request; JPEG 2000 undoes its own RCT or ICT, but not a YBR_FULL the sender put in. */
const isRgbAfter = (codec: StreamCodec, photometric: string): boolean =>
  codec === 'jpeg' || photometric === 'YBR_RCT' || photometric === 'YBR_ICT' || !photometric.startsWith('YBR');
