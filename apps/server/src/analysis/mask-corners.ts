import type { Frame } from '@jiapian/dicom/pixels';
import { cornerRegions, pixelBoxOf } from '@jiapian/rules';
import type { DecodedFrame } from './decode-job.ts';

/** A copy whose corners are black, for a fully blind reader (全盲); the frame itself is shared and stays as it is. */
export const maskCorners = ({ head, samples }: DecodedFrame): DecodedFrame => {
  const masked = samples.slice();
  blacken(viewOf(masked, head.sampleType), head);
  return { head, samples: masked };
};

/** The same of a frame that was just decoded. */
export const withMaskedCorners = <Kind extends Frame>(frame: Kind): Kind => {
  const samples = frame.samples.slice();
  blacken(samples, { minStored: 0, maxStored: 0, ...frame });
  return { ...frame, samples };
};

type Picture = Pick<DecodedFrame['head'], 'rows' | 'columns' | 'kind' | 'isInverted' | 'minStored' | 'maxStored'>;

const blacken = (samples: Uint8Array | Int16Array | Uint16Array, picture: Picture): void => {
  const isColour = picture.kind === 'colour';
  const channels = isColour ? 3 : 1;
  const darkest = picture.isInverted ? picture.maxStored : picture.minStored;
  for (const region of cornerRegions) {
    const box = pixelBoxOf(region, picture);
    for (let row = box.fromRow; row < box.toRow; row += 1) {
      const start = row * picture.columns;
      samples.fill(isColour ? 0 : darkest, (start + box.fromColumn) * channels, (start + box.toColumn) * channels);
    }
  }
};

const viewOf = (
  bytes: Uint8Array<ArrayBuffer>,
  type: DecodedFrame['head']['sampleType'],
): Uint8Array | Int16Array | Uint16Array => {
  if (type === 'uint8') return bytes;
  const View = type === 'int16' ? Int16Array : Uint16Array;
  return new View(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
};
