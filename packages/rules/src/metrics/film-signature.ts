import { openFilm } from './film.ts';
import { boxBlur } from './lungs.ts';
import type { RadiographFacts, RadiographFrame } from './radiograph-frame.ts';

/** Fields per side of a signature: ribs and vertebrae show, single vessels do not [PD]. */
export const SIGNATURE_SIDE = 32;
/** Half side of the square whose mean is taken out, fields: what films of one position share goes [PD]. */
const COARSE = 3;
/** Largest shift of a repeated film that is looked through, fields of 1/32 of the picture [PD]. */
const LARGEST_SHIFT = 3;
/** Steps of a signature value per standard deviation. */
const STEPS = 32;

/**
 * A small picture of a film by which a second exposure of the same anatomy is recognised: 32 × 32 greys without their
 * coarse part, 1024 bytes. Undefined for a film that cannot be measured.
 */
export const filmSignature = (frame: RadiographFrame, facts: RadiographFacts = {}): Int8Array | undefined => {
  const film = openFilm(frame, facts);
  if (typeof film === 'string') return undefined;
  const { rows, columns } = film.scan.reduced;
  const fields = new Float32Array(SIGNATURE_SIDE * SIGNATURE_SIDE);
  for (let row = 0; row < SIGNATURE_SIDE; row += 1) {
    for (let column = 0; column < SIGNATURE_SIDE; column += 1) {
      fields[row * SIGNATURE_SIDE + column] = meanOf(film.grey, columns, {
        top: Math.floor((row * rows) / SIGNATURE_SIDE),
        bottom: Math.max(
          Math.floor(((row + 1) * rows) / SIGNATURE_SIDE),
          Math.floor((row * rows) / SIGNATURE_SIDE) + 1,
        ),
        left: Math.floor((column * columns) / SIGNATURE_SIDE),
        right: Math.floor(((column + 1) * columns) / SIGNATURE_SIDE),
      });
    }
  }
  const coarse = boxBlur(fields, SIGNATURE_SIDE, SIGNATURE_SIDE, COARSE);
  let squares = 0;
  for (let at = 0; at < fields.length; at += 1) {
    fields[at]! -= coarse[at]!;
    squares += fields[at]! * fields[at]!;
  }
  const deviation = Math.sqrt(squares / fields.length);
  if (!(deviation > 0)) return undefined;
  return Int8Array.from(fields, (value) => Math.max(-127, Math.min(127, Math.round((STEPS * value) / deviation))));
};

const meanOf = (
  grey: Float32Array,
  columns: number,
  { top, bottom, left, right }: { top: number; bottom: number; left: number; right: number },
): number => {
  let [sum, count] = [0, 0];
  for (let row = top; row < bottom; row += 1) {
    for (let column = left; column < Math.max(right, left + 1); column += 1) {
      sum += grey[row * columns + column]!;
      count += 1;
    }
  }
  return sum / count;
};

/** Correlation from which two films of one exam count as the same exposure made twice; default, domain notes §5.1 [PD]. */
export const DUPLICATE_FROM = 0.9;

/** Largest correlation of two signatures over small shifts, −1 … 1: 1 for the same film, about 0.3 for two patients. */
export const signatureLikeness = (one: Int8Array, other: Int8Array): number => {
  let best = -1;
  for (let down = -LARGEST_SHIFT; down <= LARGEST_SHIFT; down += 1) {
    for (let across = -LARGEST_SHIFT; across <= LARGEST_SHIFT; across += 1) {
      best = Math.max(best, correlation(one, other, down, across));
    }
  }
  return best;
};

const correlation = (one: Int8Array, other: Int8Array, down: number, across: number): number => {
  let [product, ones, others] = [0, 0, 0];
  for (let row = Math.max(0, -down); row < Math.min(SIGNATURE_SIDE, SIGNATURE_SIDE - down); row += 1) {
    for (let column = Math.max(0, -across); column < Math.min(SIGNATURE_SIDE, SIGNATURE_SIDE - across); column += 1) {
      const a = one[row * SIGNATURE_SIDE + column]!;
      const b = other[(row + down) * SIGNATURE_SIDE + column + across]!;
      product += a * b;
      ones += a * a;
      others += b * b;
    }
  }
  return ones === 0 || others === 0 ? 0 : product / Math.sqrt(ones * others);
};
