import { type Baseline, baselineOf } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Films of a device and position that a baseline is made of, the newest first [PD]. */
const baselineFilms = 300;

/** Key of a metric and its part. */
export const figureKey = (metric: string, part: string | undefined): string => `${metric} ${part ?? ''}`;

/** What is usual on a device for a position (for a series: its protocol), by metric; empty when the device is unknown. */
export const findBaselines = async (
  { db, hospitalId }: UnitOfWork,
  place: { deviceId: string | null; positionCode: string | null },
  metrics: readonly string[],
): Promise<Map<string, Baseline>> => {
  if (place.deviceId === null || place.positionCode === null || metrics.length === 0) return new Map();
  const { rows } = await sql<{ metric: string; part: string; value: number; size: number | null }>`
    with latest as (
      select distinct on (subject_uid) run_id, patient_weight_kg, measured_at from (
        select run_id, subject_uid, patient_weight_kg, measured_at from analysis_run
        where hospital_id = ${hospitalId} and device_id = ${place.deviceId} and position_code = ${place.positionCode}
          and analyser_id is null
        order by measured_at desc limit ${baselineFilms}) as newest
      order by subject_uid, measured_at desc)
    select m.metric, m.part, m.value, latest.patient_weight_kg as size
    from latest join measurement m on m.hospital_id = ${hospitalId} and m.run_id = latest.run_id
    where m.metric = any(${[...metrics]})
    order by latest.measured_at desc, m.run_id`.execute(db);
  const points = new Map<string, { value: number; size?: number }[]>();
  for (const { metric, part, value, size } of rows) {
    const key = figureKey(metric, part);
    const point = size === null ? { value } : { value, size };
    const known = points.get(key);
    if (known === undefined) points.set(key, [point]);
    else known.push(point);
  }
  const baselines = new Map<string, Baseline>();
  for (const [key, values] of points) {
    const baseline = baselineOf(values);
    if (baseline !== null) baselines.set(key, baseline);
  }
  return baselines;
};
