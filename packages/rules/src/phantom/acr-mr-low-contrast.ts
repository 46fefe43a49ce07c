import type { Plane } from '../picture/grey-plane.ts';
import { discFigures, medianOf, type Point, pointAround, ringProfile, valueAt } from '../picture/regions.ts';

/** Spokes of the insert, three discs on each [S42]. */
const SPOKES = 10;
/** Diameters from the first spoke to the last, mm [S42]. */
const LARGEST_MM = 7;
const SMALLEST_MM = 1.5; // mm [S42]
/** Distances of the discs from the middle of the insert, mm: seen on the pictures. */
const DISC_RADII_MM = [12.3, 25.1, 37.8] as const;
/** Places between the spokes where nothing is: what the same reading gives there is noise. Radii in mm. */
const EMPTY_RADII_MM = [31.4, 37.8] as const;
/** Direction of the first spoke on slice 8, degrees clockwise from 3 o'clock, and its turn from slice to slice. */
const FIRST_SPOKE_DEGREES = -90;
const TURN_PER_SLICE_DEGREES = 9; // degrees, seen on the pictures
/** How far the insert may be turned against that, degrees. */
const TURN_WITHIN_DEGREES = 6;
/** Inner and outer radius of the dark ring, mm: seen on the pictures. */
const RING_MM = { inner: 45, outer: 52 } as const;
/** From this radius on the ringing of the dark ring is taken away, mm: the middle discs end before it. */
const RINGING_FROM_MM = 32;
/** A disc stands out when its contrast is this many noise deviations: 1 in 1000 empty places would [PD]. */
const STANDS_OUT_FROM = 3;

/**
 * Counts the spokes of low-contrast discs that stand out on slice 8, 9, 10 or 11, from the largest discs on until the
 * first spoke of which one does not, as the ACR counts [S42]. Undefined when the ring of the insert is not found.
 */
export const lowContrastSpokes = (whole: Plane, centre: Point, slice: number): number | undefined => {
  const middle = insertCentre(whole, centre);
  if (middle === undefined) return undefined;
  // As it is, and without the ringing of the ring: an eye sees a disc that shows on either.
  const pictures = [whole, withoutRinging(whole, middle)].map((plane) => {
    const base = FIRST_SPOKE_DEGREES + (slice - 8) * TURN_PER_SLICE_DEGREES;
    return { plane, turn: base + insertTurn(plane, middle, slice) };
  });
  for (let spoke = 0; spoke < SPOKES; spoke += 1) {
    const diameter = LARGEST_MM - ((LARGEST_MM - SMALLEST_MM) * spoke) / (SPOKES - 1);
    const levels = pictures.map(({ plane, turn }) => STANDS_OUT_FROM * emptyDeviation(plane, middle, turn, diameter));
    const isSeen = DISC_RADII_MM.every((radius) =>
      pictures.some(({ plane, turn }, at) => {
        const place = pointAround(plane, middle, radius, turn + (360 / SPOKES) * spoke);
        return bestContrast(plane, place, diameter) >= levels[at]!;
      }),
    );
    if (!isSeen) return spoke;
  }
  return SPOKES;
};

/** Takes the ringing and shading near the dark ring away: what is alike all around the middle is no disc. */
const withoutRinging = (plane: Plane, middle: Point): Plane => {
  const step = 0.5;
  const medians: number[] = [];
  for (let radius = RINGING_FROM_MM; radius <= RING_MM.inner; radius += step) {
    medians.push(medianOf(ringProfile(plane, middle, { fromMm: radius, toMm: radius, rings: 1, count: 360 })));
  }
  const values = plane.values.slice();
  for (let at = 0; at < values.length; at += 1) {
    const row = Math.floor(at / plane.columns);
    const column = at % plane.columns;
    const radius = Math.hypot((column - middle.x) * plane.columnMm, (row - middle.y) * plane.rowMm);
    const place = (radius - RINGING_FROM_MM) / step;
    const low = Math.floor(place);
    if (low < 0 || low + 1 >= medians.length) continue;
    const here = medians[low]! + (place - low) * (medians[low + 1]! - medians[low]!);
    values[at] = values[at]! - here + medians[0]!;
  }
  return { ...plane, values };
};

/** Middle of the dark ring, found where ring and surroundings differ most. */
const insertCentre = (plane: Plane, centre: Point): Point | undefined => {
  let best = 0;
  let found: Point | undefined;
  const score = (at: Point): number => {
    let [dark, bright] = [0, 0];
    for (let degrees = 0; degrees < 360; degrees += 6) {
      for (const [radius, isDark] of [
        [RING_MM.inner - 2, false],
        [RING_MM.inner + 1.5, true],
        [RING_MM.outer - 1.5, true],
        [RING_MM.outer + 2, false],
      ] as const) {
        const { x, y } = pointAround(plane, at, radius, degrees);
        if (isDark) dark += valueAt(plane, x, y);
        else bright += valueAt(plane, x, y);
      }
    }
    return (bright - dark) / (bright + dark);
  };
  for (let down = -4; down <= 12; down += 0.5) {
    for (let right = -5; right <= 5; right += 0.5) {
      const at = { x: centre.x + right / plane.columnMm, y: centre.y + down / plane.rowMm };
      const value = score(at);
      if (value > best) {
        best = value;
        found = at;
      }
    }
  }
  return best > 0.25 ? found : undefined;
};

/** The small turn of the insert under which the first five spokes stand out most. */
const insertTurn = (plane: Plane, middle: Point, slice: number): number => {
  let best = -Infinity;
  let turn = 0;
  for (let degrees = -TURN_WITHIN_DEGREES; degrees <= TURN_WITHIN_DEGREES; degrees += 0.5) {
    let sum = 0;
    for (let spoke = 0; spoke < 5; spoke += 1) {
      const diameter = LARGEST_MM - ((LARGEST_MM - SMALLEST_MM) * spoke) / (SPOKES - 1);
      const direction = FIRST_SPOKE_DEGREES + (slice - 8) * TURN_PER_SLICE_DEGREES + degrees + 36 * spoke;
      for (const radius of DISC_RADII_MM.slice(1)) {
        sum += discContrast(plane, pointAround(plane, middle, radius, direction), diameter);
      }
    }
    if (sum > best) {
      best = sum;
      turn = degrees;
    }
  }
  return turn;
};

/** Mean of a disc over the mean of the ring around it; a slope across both cancels out. */
const discContrast = (plane: Plane, at: Point, diameter: number): number => {
  const disc = discFigures(plane, at, Math.max(diameter / 2, 0.75 * plane.columnMm));
  const outer = discFigures(plane, at, diameter / 2 + 2.5);
  const inner = discFigures(plane, at, diameter / 2 + 1);
  const ring = (outer.mean * outer.count - inner.mean * inner.count) / (outer.count - inner.count);
  return disc.mean - ring;
};

/** The largest contrast within half a millimetre: the smallest discs are not larger than a pixel. */
const bestContrast = (plane: Plane, at: Point, diameter: number): number => {
  let best = -Infinity;
  for (let down = -0.8; down <= 0.8; down += 0.4) {
    for (let right = -0.8; right <= 0.8; right += 0.4) {
      const moved = { x: at.x + right / plane.columnMm, y: at.y + down / plane.rowMm };
      best = Math.max(best, discContrast(plane, moved, diameter));
    }
  }
  return best;
};

/** Robust deviation of the same reading where nothing is. */
const emptyDeviation = (plane: Plane, middle: Point, turn: number, diameter: number): number => {
  const readings: number[] = [];
  for (let spoke = 0; spoke < SPOKES; spoke += 1) {
    for (const radius of EMPTY_RADII_MM) {
      for (const off of [-2.5, 0, 2.5]) {
        readings.push(discContrast(plane, pointAround(plane, middle, radius, turn + 36 * spoke + 18 + off), diameter));
      }
    }
  }
  const median = medianOf(readings);
  // 1.4826 makes the median of distances a standard deviation for a normal law.
  return 1.4826 * medianOf(readings.map((reading) => Math.abs(reading - median)));
};
