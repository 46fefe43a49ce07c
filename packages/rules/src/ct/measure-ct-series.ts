import { hasSpacing, planeOf, planeProblem, type GreyPlane } from '../picture/grey-plane.ts';
import type { Measured, Measurement, NotMeasured } from '../metrics/measurement.ts';
import type { CtSlice, CtSliceFacts } from './ct-slice.ts';
import { ctRows } from './ct-rows.ts';
import { measureSlice } from './measure-slice.ts';
import { addNoiseWindows, emptyNoiseHistogram } from './noise-level.ts';
import type { SliceRow } from './series-figures.ts';
import { placeOf } from './slice-positions.ts';

/** Distance of the slices in which noise is looked at, mm: [S67]. */
const NOISE_EVERY_MM = 3;
/** Cross-section of metal from which a slice counts as one with metal, mm²: a surgical clip is smaller [PD]. */
const METAL_FROM_MM2 = 15;
/** HU of what lies outside the reconstructed field. */
const OUTSIDE_HU = -1000;

/**
 * What a CT series tells of its own making: size, noise, centring, truncation, arms, metal, range and slices. Takes the
 * slices one after the other, in any order, and keeps a few numbers of each: memory does not grow with the pixels.
 */
export interface CtMeter {
  add(slice: CtSlice): void;
  result(): Measured;
}

/** Opens a meter for one series. Facts of the first slice that has them stand for the series. */
export const openCtMeter = (): CtMeter => {
  const rows: SliceRow[] = [];
  const noise = emptyNoiseHistogram();
  const metalNoise = emptyNoiseHistogram();
  const problems = new Map<string, number>();
  const noisePlaces = new Set<number>();
  const add = ({ plane, facts }: CtSlice): void => {
    const problem = ctProblem(plane, facts);
    if (problem !== undefined) {
      problems.set(problem, (problems.get(problem) ?? 0) + 1);
      return;
    }
    const values = planeOf(plane, OUTSIDE_HU);
    const figures = measureSlice(values, paddingTest(plane));
    const place = placeOf(facts);
    const hasMetal = figures.metalMm2 >= METAL_FROM_MM2;
    if (figures.body !== undefined) {
      const slot = Math.floor((place ?? rows.length * NOISE_EVERY_MM) / NOISE_EVERY_MM);
      if (hasMetal) addNoiseWindows(metalNoise, values, figures.body.mask);
      else if (!noisePlaces.has(slot)) {
        noisePlaces.add(slot);
        addNoiseWindows(noise, values, figures.body.mask);
      }
    }
    const { body: _, ...kept } = figures;
    rows.push({ ...kept, facts, place, hasMetal, rowMm: values.rowMm, columnMm: values.columnMm, ...sizeOf(plane) });
  };
  return { add, result: () => concluded({ rows, noise, metalNoise, problems }) };
};

const sizeOf = ({ rows, columns }: GreyPlane) => ({ pictureRows: rows, pictureColumns: columns });

const paddingTest = ({ samples, padding }: GreyPlane): ((at: number) => boolean) => {
  if (padding === undefined) return () => false;
  return (at) => samples[at]! >= padding.from && samples[at]! <= padding.to;
};

const ctProblem = (plane: GreyPlane, facts: CtSliceFacts): string | undefined => {
  if (facts.imageType?.includes('LOCALIZER') === true) return 'localizer';
  if (!hasSpacing(plane)) return 'no-pixel-spacing';
  return planeProblem(plane);
};

/** As `openCtMeter`, for slices that come from a list or a stream. */
export const measureCtSeries = async (slices: Iterable<CtSlice> | AsyncIterable<CtSlice>): Promise<Measured> => {
  const meter = openCtMeter();
  for await (const slice of slices) meter.add(slice);
  return meter.result();
};

interface Gathered {
  readonly rows: readonly SliceRow[];
  readonly noise: Float64Array;
  readonly metalNoise: Float64Array;
  readonly problems: ReadonlyMap<string, number>;
}

const concluded = ({ rows, noise, metalNoise, problems }: Gathered): Measured => {
  const measurements: Measurement[] = [];
  const notMeasured: NotMeasured[] = [];
  const [worst] = [...problems.keys()];
  for (const row of ctRows) {
    const found = rows.length === 0 ? (worst ?? 'no-slices') : row.measure({ slices: rows, noise, metalNoise });
    if (typeof found === 'string') notMeasured.push({ metric: row.metric, reason: found });
    else {
      for (const { value, where, method } of Array.isArray(found) ? found : [found]) {
        const base = { metric: row.metric, value, unit: row.unit, method: method ?? row.method, version: row.version };
        measurements.push(where === undefined ? base : { ...base, where });
      }
    }
  }
  return { measurements, notMeasured };
};
