import { componentsOf } from '../picture/components.ts';
import type { Part } from '../positions/part.ts';
import { sides, type Side } from './field-border.ts';
import { type Film, placeOfReduced } from './film.ts';
import type { NoFigure, RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';
import { ANATOMY } from './regions.ts';

/** Parts that end inside the film: they may leave it on one side only, towards the body (a head through its neck). */
const endParts: ReadonlySet<Part> = new Set(['hand', 'finger', 'foot', 'toe', 'calcaneus', 'skull']);
/** Parts that run through the film: they may leave it on two opposite sides. */
const throughParts: ReadonlySet<Part> = new Set([
  'wrist',
  'forearm',
  'elbow',
  'femur',
  'knee',
  'lower-leg',
  'ankle',
  'humerus',
]);

/** Sides of the picture that face each other. */
const facing: Readonly<Record<Side, Side>> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

/**
 * Whether a limb leaves the field where it should not: the largest share of a side, of those it may not cross, along
 * which the limb reaches the edge of the field. 0 when the limb is whole.
 */
export const fieldCut: RadiographMetric = {
  metric: 'field-cut',
  unit: '1',
  method:
    'anatomy mask at the field edge, seen or of the header; a hand may cross one side, a long bone two opposite ones',
  version: 2,
  measure: (film): RadiographAnswer | NoFigure => {
    const { part } = film.facts;
    if (part === undefined) return 'part-unknown';
    const isEnd = endParts.has(part);
    if (!isEnd && !throughParts.has(part)) return 'part-fills-the-field';
    // A bent knee leaves the field on neighbouring sides.
    if (part === 'knee' && film.facts.view === 'lateral') return 'part-fills-the-field';
    if (film.regions.anatomyPixels === 0) return 'no-anatomy';
    const limb = limbOf(film);
    const touched = Object.fromEntries(sides.map((side) => [side, contactOf(film, limb, side)])) as Record<
      Side,
      Contact
    >;
    const main = sides.reduce((most, side) => (touched[side].share > touched[most].share ? side : most));
    const allowed = isEnd ? [main] : [main, facing[main]];
    const [worst] = sides
      .filter((side) => !allowed.includes(side))
      .sort((one, other) => touched[other].share - touched[one].share);
    if (worst === undefined) return 'part-fills-the-field';
    const { share, from, to } = touched[worst];
    if (share === 0) return { figures: [{ value: 0 }] };
    return { figures: [{ value: share, place: placeOfReduced(film, stripAt(film, worst, from, to)) }] };
  },
};

interface Contact {
  /** Share of the side's length along which anatomy reaches the edge, and the first and last such pixel. */
  readonly share: number;
  readonly from: number;
  readonly to: number;
}

/** Pixels inside the edge that are looked at: the outermost mixes with what lies outside [PD]. */
const INSET = 2;

/** The largest joined part of the anatomy: a marker plate or a cushion at the edge is no limb. */
const limbOf = ({ regions, scan: { reduced } }: Film): Uint8Array => {
  const mask = regions.kinds.map((kind) => (kind === ANATOMY ? 1 : 0));
  const { labels, components } = componentsOf(mask, reduced.rows, reduced.columns);
  const limb = components[0]?.label;
  return mask.map((_, at) => (labels[at] === limb ? 1 : 0));
};

const contactOf = ({ border, scan: { reduced } }: Film, limb: Uint8Array, side: Side): Contact => {
  const isAcross = side === 'top' || side === 'bottom';
  const [first, last] = isAcross ? [border.left, border.right] : [border.top, border.bottom];
  const line = side === 'top' || side === 'left' ? border[side] + INSET : border[side] - INSET;
  let [count, from, to] = [0, -1, -1];
  for (let at = first; at <= last; at += 1) {
    const index = isAcross ? line * reduced.columns + at : at * reduced.columns + line;
    if (limb[index] !== 1) continue;
    count += 1;
    if (from < 0) from = at;
    to = at;
  }
  return { share: count / Math.max(1, last - first + 1), from, to };
};

/** A strip along a side, a twentieth of the picture deep, for the eye. */
const STRIP_SHARE = 0.05; // [PD]

const stripAt = ({ border, scan: { reduced } }: Film, side: Side, from: number, to: number) => {
  const deep = Math.max(1, Math.round(STRIP_SHARE * Math.min(reduced.rows, reduced.columns)));
  if (side === 'top') return { left: from, right: to, top: border.top, bottom: border.top + deep };
  if (side === 'bottom') return { left: from, right: to, top: border.bottom - deep, bottom: border.bottom };
  if (side === 'left') return { left: border.left, right: border.left + deep, top: from, bottom: to };
  return { left: border.right - deep, right: border.right, top: from, bottom: to };
};
