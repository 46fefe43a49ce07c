import { AppError } from '@jiapian/kernel';

/** The codecs of compressed streams, by what the stream itself says. */
export type StreamCodec = 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

/** A compressed stream's own word on what it is; size undefined when its header is wrapped or unusual. */
export interface StreamHeader {
  codec: StreamCodec;
  size: { rows: number; columns: number } | undefined;
  /** Colour planes coded smaller than the first: only luminance and chrominance are, never red, green and blue. */
  isSubsampled?: boolean;
}

const startOfCodestream = 0x4f;
const capabilities = 0x50;
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfFrameJpegLs = 0xf7;
const startOfScan = 0xda;
/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
const isStartOfFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** JP2 files, wrapped by some converters around the bare code stream, begin with this box length. */
const jp2SignatureLength = 12;
/** Fill bytes and the even-length pad a writer may leave after the end marker. */
const longestTail = 16;

/**
 * Which codec a stream needs and the size it codes, by its own markers: archives that relabel the transfer
 * syntax are common, streams that lie about themselves are not. Undefined when it is none of the four.
 *
 * Throws DICOM_CODEC_FAILED for a JPEG or JPEG-LS stream without an end: decoders would fill the rest with
 * grey and the film would be graded on it.
 */
export const streamHeaderOf = (stream: Uint8Array): StreamHeader | undefined => {
  if (stream[0] === 0xff && stream[1] === startOfCodestream) return jpeg2000Header(stream);
  if (stream[3] === jp2SignatureLength && stream[4] === 0x6a && stream[5] === 0x50) {
    return { codec: 'jpeg-2000', size: undefined };
  }
  if (stream[0] !== 0xff || stream[1] !== startOfImage) return undefined;
  if (!hasEnd(stream)) throw new AppError('DICOM_CODEC_FAILED', { reason: 'the JPEG stream has no end marker' });
  return jpegHeader(stream);
};

const uint16 = (stream: Uint8Array, at: number): number => ((stream[at] ?? 0) << 8) | (stream[at + 1] ?? 0);
const uint32 = (stream: Uint8Array, at: number): number => uint16(stream, at) * 65536 + uint16(stream, at + 2);

/** SIZ follows SOC at once (ISO/IEC 15444-1 A.5.1); a CAP marker behind it announces Part 15, high throughput. */
const jpeg2000Header = (stream: Uint8Array): StreamHeader => {
  const afterSiz = 4 + uint16(stream, 4);
  const codec = stream[afterSiz] === 0xff && stream[afterSiz + 1] === capabilities ? 'htj2k' : 'jpeg-2000';
  const size = { columns: uint32(stream, 8) - uint32(stream, 16), rows: uint32(stream, 12) - uint32(stream, 20) };
  return { codec, size };
};

const hasEnd = (stream: Uint8Array): boolean => {
  for (let at = stream.length - 2; at >= Math.max(0, stream.length - longestTail); at -= 1) {
    if (stream[at] === 0xff && stream[at + 1] === endOfImage) return true;
  }
  return false;
};

/** Each component of a frame header: number, sampling factors (two half-bytes), table (ITU-T T.81 B.2.2). */
const hasSubsampling = (stream: Uint8Array, at: number): boolean => {
  const components = stream[at + 9] ?? 0;
  if (components !== 3) return false;
  const factors = [0, 1, 2].map((index) => stream[at + 11 + 3 * index]);
  return factors.some((factor) => factor !== factors[0]);
};

/** Walks the marker segments to the frame header. */
const jpegHeader = (stream: Uint8Array): StreamHeader => {
  let at = 2;
  while (at + 9 <= stream.length && stream[at] === 0xff) {
    const marker = stream[at + 1]!;
    if (marker === startOfFrameJpegLs || isStartOfFrame(marker)) {
      const codec = marker === startOfFrameJpegLs ? 'jpeg-ls' : 'jpeg';
      const size = { rows: uint16(stream, at + 5), columns: uint16(stream, at + 7) };
      return { codec, size, isSubsampled: hasSubsampling(stream, at) };
    }
    if (marker === startOfScan) break;
    at += marker === 0xff ? 1 : 2 + uint16(stream, at + 2);
  }
  return { codec: 'jpeg', size: undefined };
};
