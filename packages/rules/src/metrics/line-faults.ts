import { medianOf } from '../picture/regions.ts';
import { type FilmScan, STRETCHES } from './film-scan.ts';
import type { Film } from './film.ts';
import type { Place } from './measurement.ts';
import type { RadiographAnswer, RadiographMetric } from './radiograph-metric.ts';
import { ANATOMY } from './regions.ts';

/** A stretch shows a fault when it leaves its neighbours by this share of the film's span, and by so many typical steps [PD]. */
const SMALLEST_STEP = 0.004;
const TYPICAL_STEPS = 5; // [PD]
/** A fault runs through this share of the stretches in which the patient lies on both sides of it, always to the same side [PD]. */
const RUNS_THROUGH = 0.6;
/** Fewer such stretches than this say nothing: an edge of the field has the patient on one side only [PD]. */
const FEWEST_STRETCHES = 4;
/** Lines this near to the field's edge belong to the edge, as a share of the picture [PD]. */
const EDGE_SHARE = 0.02;

type Direction = 'rows' | 'columns';

/** Lines of the detector that differ from both of their neighbours all along: how many rows and columns. */
export const deadLines: RadiographMetric = {
  metric: 'dead-lines',
  unit: '{line}',
  method: 'stretch means against both neighbouring lines, patient on both sides',
  version: 2,
  measure: (film): RadiographAnswer => {
    const figures = (['rows', 'columns'] as const).map((direction) => {
      const lines = faultsOf(film, direction, spikesOf);
      return { value: lines.length, where: direction, ...placeOf(film, direction, lines) };
    });
    return { figures };
  },
};

/** The largest jump between two neighbouring lines that runs through the film and stays, as a share of the span. */
export const stitchStep: RadiographMetric = {
  metric: 'stitch-step',
  unit: '1',
  method: 'stretch means against the line before, jumps that remain three lines on, patient on both sides',
  version: 2,
  measure: (film): RadiographAnswer => {
    const figures = (['rows', 'columns'] as const).map((direction) => {
      const lines = faultsOf(film, direction, jumpsOf);
      const sizes = lines.map((line) => Math.abs(medianOf(jumpsOf(meansOf(film.scan, direction), line))));
      const largest = sizes.reduce((most, size) => Math.max(most, size), 0);
      const at = lines.filter((_, index) => sizes[index] === largest);
      return { value: largest / film.tone.span, where: direction, ...placeOf(film, direction, at) };
    });
    return { figures };
  },
};

const meansOf = ({ rowMeans, columnMeans }: FilmScan, direction: Direction): Float64Array =>
  direction === 'rows' ? rowMeans : columnMeans;

/** Per stretch: by how much a line leaves both neighbours to the same side; 0 where it does not. */
const spikesOf = (means: Float64Array, line: number): Float64Array => {
  const spikes = new Float64Array(STRETCHES);
  for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
    const at = line * STRETCHES + stretch;
    const before = means[at]! - means[at - STRETCHES]!;
    const after = means[at]! - means[at + STRETCHES]!;
    if (before > 0 && after > 0) spikes[stretch] = Math.min(before, after);
    else if (before < 0 && after < 0) spikes[stretch] = Math.max(before, after);
  }
  return spikes;
};

/** Lines looked at on both sides of a jump: a jump that is gone there was a line, a slow slope goes on [PD]. */
const BESIDE = 3;

/** Per stretch: the jump into a line beyond the slopes on both sides; 0 where it does not remain. */
const jumpsOf = (means: Float64Array, line: number): Float64Array => {
  const jumps = new Float64Array(STRETCHES);
  for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
    const at = line * STRETCHES + stretch;
    const jump = means[at]! - means[at - STRETCHES]!;
    const before = (means[at - STRETCHES]! - means[at - BESIDE * STRETCHES]!) / (BESIDE - 1);
    const after = (means[at + (BESIDE - 1) * STRETCHES]! - means[at]!) / (BESIDE - 1);
    const beyond = jump - (before + after) / 2;
    if (Math.abs(beyond) > 2 * Math.max(Math.abs(before), Math.abs(after))) jumps[stretch] = beyond;
  }
  return jumps;
};

/** Lines on which most stretches leave the usual to the same side. */
const faultsOf = (film: Film, direction: Direction, measure: typeof spikesOf): number[] => {
  const { scan, border } = film;
  const means = meansOf(scan, direction);
  const length = direction === 'rows' ? scan.rows : scan.columns;
  const { factor } = scan.reduced;
  const inset = Math.max(BESIDE, Math.ceil(length * EDGE_SHARE));
  const from = (direction === 'rows' ? border.top : border.left) * factor + inset;
  const to = Math.min(length, ((direction === 'rows' ? border.bottom : border.right) + 1) * factor) - inset;
  if (to - from < STRETCHES) return [];
  const limits = limitsOf(film, direction, from, to);
  const lines: number[] = [];
  for (let line = from; line < to; line += 1) {
    const values = measure(means, line);
    let [up, down] = [0, 0];
    for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
      if (values[stretch]! >= limits[stretch]!) up += 1;
      else if (values[stretch]! <= -limits[stretch]!) down += 1;
    }
    if (Math.max(up, down) < FEWEST_STRETCHES) continue;
    const inside = stretchesInside(film, direction, line);
    let [upInside, downInside, all] = [0, 0, 0];
    for (let stretch = 0; stretch < STRETCHES; stretch += 1) {
      if (inside[stretch] === 0) continue;
      all += 1;
      if (values[stretch]! >= limits[stretch]!) upInside += 1;
      else if (values[stretch]! <= -limits[stretch]!) downInside += 1;
    }
    if (all >= FEWEST_STRETCHES && Math.max(upInside, downInside) >= RUNS_THROUGH * all) lines.push(line);
  }
  return lines;
};

/** Pixels of the reduced picture beside a line that must be patient on either side [PD]. */
const BESIDE_LINE = 3;

/** Per stretch of a line, 1 where the patient lies on both sides of it in the stretch's middle. */
const stretchesInside = ({ scan, regions }: Film, direction: Direction, line: number): Uint8Array => {
  const { rows, columns, factor } = scan.reduced;
  const across = Math.floor(line / factor);
  const length = direction === 'rows' ? columns : rows;
  const isAnatomy = (along: number, beside: number): boolean => {
    const [row, column] = direction === 'rows' ? [beside, along] : [along, beside];
    return (
      row >= 0 && row < rows && column >= 0 && column < columns && regions.kinds[row * columns + column] === ANATOMY
    );
  };
  return Uint8Array.from({ length: STRETCHES }, (_, stretch) => {
    const along = Math.floor(((stretch + 0.5) * length) / STRETCHES);
    return isAnatomy(along, across - BESIDE_LINE) && isAnatomy(along, across + BESIDE_LINE) ? 1 : 0;
  });
};

const knownLimits = new WeakMap<Film, Partial<Record<Direction, readonly number[]>>>();

/** Per stretch: what a line must exceed to be a fault, found once for all metrics. */
const limitsOf = (film: Film, direction: Direction, from: number, to: number): readonly number[] => {
  const known = knownLimits.get(film) ?? {};
  known[direction] ??= usualSteps(meansOf(film.scan, direction), from, to).map((usual) =>
    Math.max(TYPICAL_STEPS * usual, SMALLEST_STEP * film.tone.span),
  );
  knownLimits.set(film, known);
  return known[direction];
};

/** Median step from line to line, per stretch. */
const usualSteps = (means: Float64Array, from: number, to: number): number[] =>
  Array.from({ length: STRETCHES }, (_, stretch) => {
    const steps = new Float64Array(to - from);
    for (let line = from; line < to; line += 1) {
      const at = line * STRETCHES + stretch;
      steps[line - from] = Math.abs(means[at]! - means[at - STRETCHES]!);
    }
    return medianOf(steps);
  });

const placeOf = ({ frame }: Film, direction: Direction, lines: readonly number[]): { place?: Place } => {
  const [first, last] = [lines[0], lines.at(-1)];
  if (first === undefined || last === undefined) return {};
  const thick = last - first + 1;
  return {
    place:
      direction === 'rows'
        ? { column: 0, row: first, width: frame.columns, height: thick }
        : { column: first, row: 0, width: thick, height: frame.rows },
  };
};
