import { AppError } from '@jiapian/kernel';

/** The codecs of compressed streams, by what the stream itself says. */
export type StreamCodec = 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'htj2k';

const startOfCodestream = 0x4f;
const capabilities = 0x50;
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfFrameJpegLs = 0xf7;
/** JP2 files, wrapped by some converters around the bare code stream, begin with this box length. */
const jp2SignatureLength = 12;
/** Fill bytes and the even-length pad a writer may leave after the end marker. */
const longestTail = 16;

/**
 * Which codec a stream needs, by its own markers: archives that relabel the transfer syntax are common,
 * streams that lie about themselves are not. Undefined when it is none of the four.
 *
 * Throws DICOM_CODEC_FAILED for a JPEG or JPEG-LS stream without an end: decoders would fill the rest with
 * grey and the film would be graded on it.
 */
export const streamCodecOf = (stream: Uint8Array): StreamCodec | undefined => {
  if (stream[0] === 0xff && stream[1] === startOfCodestream) {
    // A CAP marker right behind SIZ announces Part 15 (ISO/IEC 15444-15): high throughput.
    const sizLength = ((stream[4] ?? 0) << 8) | (stream[5] ?? 0);
    return stream[4 + sizLength] === 0xff && stream[5 + sizLength] === capabilities ? 'htj2k' : 'jpeg-2000';
  }
  if (stream[3] === jp2SignatureLength && stream[4] === 0x6a && stream[5] === 0x50) return 'jpeg-2000';
  if (stream[0] !== 0xff || stream[1] !== startOfImage) return undefined;
  if (!hasEnd(stream)) throw new AppError('DICOM_CODEC_FAILED', { reason: 'the JPEG stream has no end marker' });
  return hasJpegLsFrame(stream) ? 'jpeg-ls' : 'jpeg';
};

const hasEnd = (stream: Uint8Array): boolean => {
  for (let at = stream.length - 2; at >= Math.max(0, stream.length - longestTail); at -= 1) {
    if (stream[at] === 0xff && stream[at + 1] === endOfImage) return true;
  }
  return false;
};

/** Walks the marker segments before the first scan. */
const hasJpegLsFrame = (stream: Uint8Array): boolean => {
  let at = 2;
  while (at + 4 <= stream.length && stream[at] === 0xff) {
    const marker = stream[at + 1]!;
    if (marker === startOfFrameJpegLs) return true;
    if (marker === 0xda) return false;
    at += marker === 0xff ? 1 : 2 + ((stream[at + 2]! << 8) | stream[at + 3]!);
  }
  return false;
};
