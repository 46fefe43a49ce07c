import { planeOf, planeProblem } from '../picture/grey-plane.ts';
import { placeOf } from '../ct/slice-positions.ts';
import type { Measured, Measurement, NotMeasured } from '../metrics/measurement.ts';
import type { MrSlice } from './mr-slice.ts';
import { mrRows, type MrSliceRow } from './mr-rows.ts';
import { measureMrSlice } from './mr-slice-figures.ts';

/**
 * What an MR series tells of its own making, without knowing the anatomy: signal, noise, ghosts, shading, wrap, motion,
 * coverage. Takes the slices one after the other and keeps a few numbers of each.
 */
export interface MrMeter {
  add(slice: MrSlice): void;
  result(): Measured;
}

/** Opens a meter for one series. */
export const openMrMeter = (): MrMeter => {
  const slices: MrSliceRow[] = [];
  const problems: string[] = [];
  let added = 0;
  const add = ({ plane, facts }: MrSlice): void => {
    added += 1;
    const problem = planeProblem(plane);
    if (problem !== undefined) {
      problems.push(problem);
      return;
    }
    const figures = measureMrSlice(planeOf(plane, 0));
    if (typeof figures === 'string') problems.push(figures);
    else slices.push({ ...figures, facts, place: placeOf(facts) });
  };
  return { add, result: () => concluded(slices, problems, added) };
};

/** As `openMrMeter`, for slices that come from a list or a stream. */
export const measureMrSeries = async (slices: Iterable<MrSlice> | AsyncIterable<MrSlice>): Promise<Measured> => {
  const meter = openMrMeter();
  for await (const slice of slices) meter.add(slice);
  return meter.result();
};

const concluded = (slices: readonly MrSliceRow[], problems: readonly string[], added: number): Measured => {
  const measurements: Measurement[] = [];
  const notMeasured: NotMeasured[] = [];
  for (const { metric, unit, method, version, measure } of mrRows) {
    const found = slices.length === 0 ? (problems[0] ?? 'no-slices') : measure(slices, added);
    if (typeof found === 'string') notMeasured.push({ metric, reason: found });
    else
      for (const figure of Array.isArray(found) ? found : [found])
        measurements.push({ metric, unit, method, version, ...figure });
  }
  return { measurements, notMeasured };
};
