import { constants, inflateRawSync, inflateSync } from 'node:zlib';
import { AppError } from '@jiapian/kernel';

/** A deflated data set larger than this is refused: no radiograph inflates to it, a deflate bomb does. */
const maxInflatedBytes = 1 << 30;

/**
 * The data set of a deflated transfer syntax (raw deflate by PS3.5 annex A.5, zlib-wrapped by some writers).
 * A stream that ends early gives what it holds, with `isWhole: false`.
 *
 * Throws DICOM_UNREADABLE when nothing can be inflated.
 */
export const inflateDataSet = (deflated: Uint8Array): { bytes: Uint8Array; isWhole: boolean } => {
  const isZlib = deflated[0] === 0x78 && ((deflated[0] << 8) | (deflated[1] ?? 0)) % 31 === 0;
  const inflate = isZlib ? inflateSync : inflateRawSync;
  try {
    return { bytes: inflate(deflated, { maxOutputLength: maxInflatedBytes }), isWhole: true };
  } catch {
    return { bytes: inflatePart(deflated, inflate), isWhole: false };
  }
};

const inflatePart = (deflated: Uint8Array, inflate: typeof inflateRawSync): Uint8Array => {
  try {
    return inflate(deflated, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: maxInflatedBytes });
  } catch (cause) {
    throw new AppError('DICOM_UNREADABLE', { reason: 'the deflated data set cannot be inflated' }, cause);
  }
};
