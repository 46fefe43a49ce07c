import { type Component, componentsOf } from '../picture/components.ts';
import type { Film } from './film.ts';
import { boxBlur } from './lungs.ts';
import { ANATOMY, OUTSIDE } from './regions.ts';

/** A bright patch with sharp edges in the reduced picture. */
export interface BrightObject extends Component {
  /** Mean grey, and how far it stands above its surroundings. */
  readonly grey: number;
  readonly above: number;
  /** Mean grey step across its outline, per pixel. */
  readonly edge: number;
  /** Share of its surroundings that is anatomy, and that lies outside the field. */
  readonly besideAnatomy: number;
  readonly besideOutside: number;
}

/** Bright patches of a film and the picture of their labels. */
export interface BrightObjects {
  readonly labels: Int32Array;
  readonly objects: readonly BrightObject[];
}

/** A patch stands this share of its own height above its surroundings where its outline runs: an edge is at half height. */
const OUTLINE_AT = 0.5;

/** Surroundings a patch is compared with: a square of this half side, as a share of the longer side [PD]. */
const SURROUNDINGS = 0.04;
/** A pixel is bright when it stands this far above its surroundings [PD]. */
const STANDS_ABOVE = 0.18;
/** Smallest patch, pixels of the reduced picture; larger ones than this share are anatomy [PD]. */
const SMALLEST = 6;
const LARGEST_SHARE = 0.06; // [PD]
const MOST_OBJECTS = 400; // the rest is smaller [PD]

const known = new WeakMap<Film, BrightObjects>();

/** What stands brightly out of its surroundings, largest first. */
export const brightObjectsOf = (film: Film): BrightObjects => {
  const objects = known.get(film) ?? search(film);
  known.set(film, objects);
  return objects;
};

const search = ({ grey, regions, scan: { reduced } }: Film): BrightObjects => {
  const { rows, columns } = reduced;
  const above = heightsOf(grey, rows, columns);
  const mask = new Uint8Array(grey.length);
  for (let at = 0; at < grey.length; at += 1) {
    mask[at] = regions.kinds[at] !== OUTSIDE && above[at]! > STANDS_ABOVE ? 1 : 0;
  }
  return describeAll(mask, { grey, kinds: regions.kinds, rows, columns });
};

/** How far each pixel stands above the mean of its surroundings. */
const heightsOf = (grey: Float32Array, rows: number, columns: number): Float32Array => {
  const around = boxBlur(grey, rows, columns, Math.max(2, Math.round(Math.max(rows, columns) * SURROUNDINGS)));
  return grey.map((value, at) => value - around[at]!);
};

const describeAll = (mask: Uint8Array, picture: Omit<Picture, 'labels'>): BrightObjects => {
  const { labels, components } = componentsOf(mask, picture.rows, picture.columns);
  const objects = components
    .filter(({ area }) => area >= SMALLEST && area <= LARGEST_SHARE * mask.length)
    .slice(0, MOST_OBJECTS)
    .map((component) => describe(component, { ...picture, labels }));
  return { labels, objects };
};

const knownAtHalfHeight = new WeakMap<Film, BrightObjects>();

/**
 * The same patches cut at half of their own height: strokes at their true width, free of a halo and of bright anatomy
 * that they touch. Letters are read from these.
 */
export const brightObjectsAtHalfHeight = (film: Film): BrightObjects => {
  const objects = knownAtHalfHeight.get(film) ?? cutAtHalfHeight(film);
  knownAtHalfHeight.set(film, objects);
  return objects;
};

const cutAtHalfHeight = (film: Film): BrightObjects => {
  const { grey, regions, scan } = film;
  const { rows, columns } = scan.reduced;
  const { labels } = brightObjectsOf(film);
  const above = heightsOf(grey, rows, columns);
  const highest = new Map<number, number>();
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at]!;
    if (label !== 0 && above[at]! > (highest.get(label) ?? 0)) highest.set(label, above[at]!);
  }
  const mask = new Uint8Array(grey.length);
  for (let at = 0; at < labels.length; at += 1) {
    const label = labels[at]!;
    if (label !== 0 && above[at]! > OUTLINE_AT * highest.get(label)!) mask[at] = 1;
  }
  return describeAll(mask, { grey, kinds: regions.kinds, rows, columns });
};

interface Picture {
  readonly grey: Float32Array;
  readonly labels: Int32Array;
  readonly kinds: Uint8Array;
  readonly rows: number;
  readonly columns: number;
}

const describe = (component: Component, { grey, labels, kinds, rows, columns }: Picture): BrightObject => {
  const { label, left, right, top, bottom } = component;
  let [inside, insideCount, outline, steps, outside, anatomy, beyond, outsideCount] = [0, 0, 0, 0, 0, 0, 0, 0];
  const [first, last] = [Math.max(0, top - 3), Math.min(rows - 1, bottom + 3)];
  const [from, to] = [Math.max(0, left - 3), Math.min(columns - 1, right + 3)];
  for (let row = first; row <= last; row += 1) {
    for (let column = from; column <= to; column += 1) {
      const at = row * columns + column;
      if (labels[at] !== label) {
        if (labels[at] !== 0) continue;
        outside += grey[at]!;
        outsideCount += 1;
        if (kinds[at] === ANATOMY) anatomy += 1;
        else if (kinds[at] === OUTSIDE) beyond += 1;
        continue;
      }
      inside += grey[at]!;
      insideCount += 1;
      for (const [next, isThere] of [
        [at - 1, column > 0],
        [at + 1, column < columns - 1],
        [at - columns, row > 0],
        [at + columns, row < rows - 1],
      ] as const) {
        if (!isThere || labels[next] === label) continue;
        outline += 1;
        // Two pixels beyond the outline: the outline itself lies halfway up.
        const far = next + (next - at);
        steps += (grey[at]! - (far >= 0 && far < grey.length ? grey[far]! : grey[next]!)) / 2;
      }
    }
  }
  return {
    ...component,
    grey: inside / insideCount,
    above: outsideCount === 0 ? 0 : inside / insideCount - outside / outsideCount,
    edge: outline === 0 ? 0 : steps / outline,
    besideAnatomy: outsideCount === 0 ? 0 : anatomy / outsideCount,
    besideOutside: outsideCount === 0 ? 0 : beyond / outsideCount,
  };
};

/** Patches of about the same height on the same line nearby. */
export const fellowsOf = (object: BrightObject, { objects }: BrightObjects): number => {
  const height = object.bottom - object.top + 1;
  return objects.filter((other) => {
    if (other === object) return false;
    const otherHeight = other.bottom - other.top + 1;
    const isAlike = otherHeight > 0.6 * height && otherHeight < 1.6 * height;
    const isNear = Math.abs(other.centreColumn - object.centreColumn) < 4 * height;
    return isAlike && isNear && Math.abs(other.bottom - object.bottom) < 0.35 * height;
  }).length;
};
