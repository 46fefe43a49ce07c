import { type RawBuilder, sql, type SqlBool } from 'kysely';
import type { BlindViewer } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { newestRuns, type DayRange } from './statistics.repository.ts';

export interface FigureName {
  metric: string;
  part: string;
}

export interface MeasuredFilmsWanted extends DayRange {
  deviceId?: string | undefined;
  positionCode?: string | undefined;
  sort: FigureName | null;
  order: 'asc' | 'desc';
  viewer: BlindViewer;
}

export interface MeasuredFilmRow {
  filmId: string;
  examId: string;
  at: Date;
  accessionNumber: string;
  modality: string;
  deviceName: string | null;
  positionCode: string | null;
  /** What the list is sorted by, as text that reads back to the same number; null: not measured. */
  sortText: string | null;
}

/** The last row of the page before; `value` null: it had not been measured. */
export interface MeasuredFilmPosition {
  value: string | null;
  filmId: string;
}

/** Films of the days that were measured, by one figure; those without it last in both directions. */
export const findMeasuredFilms = async (
  unit: UnitOfWork,
  wanted: MeasuredFilmsWanted,
  { after, limit }: { after: MeasuredFilmPosition | null; limit: number },
): Promise<MeasuredFilmRow[]> => {
  const direction = sql.raw(wanted.order);
  const { rows } = await sql<MeasuredFilmRow>`
    with run as materialized (${newestRuns(unit, wanted, wanted.viewer)}),
    listed as (
      select film.film_id, max(run.exam_id::text)::uuid as exam_id, max(run.exam_at) as at, ${sortValue(wanted)} as sorted
      from run
        join film on film.hospital_id = run.hospital_id and film.exam_id = run.exam_id
          and (film.sop_instance_uid = run.subject_uid or film.kind = 'exam')
        ${
          wanted.sort === null
            ? sql``
            : sql`left join measurement m on m.hospital_id = run.hospital_id and m.run_id = run.run_id
                and m.metric = ${wanted.sort.metric} and m.part = ${wanted.sort.part}`
        }
      where true
        ${wanted.deviceId === undefined ? sql`` : sql`and run.device_id = ${wanted.deviceId}`}
        ${wanted.positionCode === undefined ? sql`` : sql`and film.position_code = ${wanted.positionCode}`}
      group by film.film_id)
    select listed.film_id as "filmId", listed.exam_id as "examId", listed.at, exam.accession_number as "accessionNumber",
      exam.modality, device.name as "deviceName", film.position_code as "positionCode", listed.sorted::text as "sortText"
    from listed
      join film on film.hospital_id = ${unit.hospitalId} and film.film_id = listed.film_id
      join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
      left join device on device.hospital_id = exam.hospital_id and device.device_id = exam.device_id
    where ${isBehind(wanted, after)}
    order by listed.sorted is null, listed.sorted ${direction}, listed.film_id limit ${limit}`.execute(unit.db);
  return rows;
};

/** Of several series of one exam the one that stands first in the list; without a figure the time in seconds. */
const sortValue = ({ sort, order }: MeasuredFilmsWanted): RawBuilder<unknown> => {
  if (sort === null) return sql`extract(epoch from max(run.exam_at))::double precision`;
  return order === 'asc' ? sql`min(m.value)` : sql`max(m.value)`;
};

const isBehind = ({ order }: MeasuredFilmsWanted, after: MeasuredFilmPosition | null): RawBuilder<SqlBool> => {
  if (after === null) return sql`true`;
  if (after.value === null) return sql`listed.sorted is null and listed.film_id > ${after.filmId}::uuid`;
  const value = sql`${after.value}::double precision`;
  const isFarther = order === 'asc' ? sql`listed.sorted > ${value}` : sql`listed.sorted < ${value}`;
  return sql`(listed.sorted is null or ${isFarther} or (listed.sorted = ${value} and listed.film_id > ${after.filmId}::uuid))`;
};

export interface FilmFigureRow {
  filmId: string;
  metric: string;
  part: string;
  least: number | null;
  most: number | null;
  unit: string;
  subjects: number;
  reason: string | null;
}

/** The wanted figures of some films, from the newest runs; of one that is missing the reason. */
export const findFilmFigures = async (
  { db, hospitalId }: UnitOfWork,
  filmIds: readonly string[],
  names: readonly FigureName[],
): Promise<FilmFigureRow[]> => {
  if (filmIds.length === 0) return [];
  const { rows } = await sql<FilmFigureRow>`
    with wanted as (
      select * from unnest(${names.map(({ metric }) => metric)}::text[], ${names.map(({ part }) => part)}::text[])
        as wanted (metric, part)),
    run as materialized (
      select distinct on (film.film_id, r.subject_uid, r.analyser_id) film.film_id, r.hospital_id, r.run_id
      from film join analysis_run r on r.hospital_id = film.hospital_id and r.exam_id = film.exam_id
        and (film.sop_instance_uid = r.subject_uid or film.kind = 'exam')
      where film.hospital_id = ${hospitalId} and film.film_id = any(${[...filmIds]}::uuid[])
      order by film.film_id, r.subject_uid, r.analyser_id, r.analysis_version desc, r.measured_at desc)
    select run.film_id as "filmId", wanted.metric, wanted.part, min(m.value) as least, max(m.value) as most,
      coalesce(min(m.unit), '') as unit, count(m.value) as subjects,
      case when count(m.value) = 0 then min(n.reason) end as reason
    from run cross join wanted
      left join measurement m on m.hospital_id = run.hospital_id and m.run_id = run.run_id and m.metric = wanted.metric
        and m.part = wanted.part
      left join not_measured n on n.hospital_id = run.hospital_id and n.run_id = run.run_id and n.metric = wanted.metric
        and n.part in (wanted.part, '')
    group by 1, 2, 3`.execute(db);
  return rows;
};
