import type { ExamQuery } from '@jiapian/contract';
import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { cursorShapes, readCursor, writeCursor } from '../platform/list-page.ts';
import { searchPatternsOf } from './search-text.ts';

export type ExamFilter = Omit<ExamQuery, 'cursor' | 'limit'>;

/** Where a page ends: moments keep their microseconds, so they travel as text. */
export interface ExamKey {
  examId: string;
  examAt: string;
}

interface Bounds {
  from: string | null;
  to: string | null;
}

/** Keys of the exams that match, newest first, after `after`. */
export const findExamKeys = async (
  unit: UnitOfWork,
  filter: ExamFilter,
  { after, limit }: { after: ExamKey | null; limit: number },
): Promise<ExamKey[]> => {
  const bounds = await boundsOf(unit, filter);
  const patterns = searchPatternsOf(filter.text ?? '');
  const page =
    patterns.length > 0 ? searched(patterns, filter, bounds, after, limit) : listed(unit, filter, bounds, after, limit);
  const found = await sql<ExamKey>`select exam_id as "examId", exam_at::text as "examAt" from (${page}) k`.execute(
    unit.db,
  );
  return found.rows;
};

/** More than this many are not counted; `countExams` then answers one more. */
export const countedAtMost = 10_000;

/** How many exams match, up to one above the limit; null for a text search, whose count nobody can have quickly. */
export const countExams = async (unit: UnitOfWork, filter: ExamFilter): Promise<number | null> => {
  if (searchPatternsOf(filter.text ?? '').length > 0) return null;
  // The same walk along the index as for the list: counting alone, the planner gathers every match before it stops.
  const page = listed(unit, filter, await boundsOf(unit, filter), null, countedAtMost + 1);
  const counted = await sql<{ count: number }>`select count(*) from (${page}) k`.execute(unit.db);
  return counted.rows[0]?.count ?? 0;
};

/** Days are the hospital's; the day `to` is included. */
const boundsOf = async ({ db, hospitalId }: UnitOfWork, { from, to }: ExamFilter): Promise<Bounds> => {
  if (from === undefined && to === undefined) return { from: null, to: null };
  const found = await sql<Bounds>`
    select ((${from ?? null}::date)::timestamp at time zone time_zone)::text as "from",
      ((${to ?? null}::date + 1)::timestamp at time zone time_zone)::text as "to"
    from hospital where hospital_id = ${hospitalId}`.execute(db);
  return found.rows[0] ?? { from: null, to: null };
};

const searched = (
  patterns: readonly string[],
  filter: ExamFilter,
  bounds: Bounds,
  after: ExamKey | null,
  limit: number,
): RawBuilder<unknown> => sql`
  select exam_id, exam_at from search_exams(${patterns}::text[], ${bounds.from}::timestamptz, ${bounds.to}::timestamptz,
    ${after?.examAt ?? null}::timestamptz, ${after?.examId ?? null}::uuid, ${listOrNull(filter.modality)}::text[],
    ${listOrNull(filter.deviceId)}::uuid[], ${filter.state ?? null}, ${filter.technologistId ?? null}::uuid, ${limit})`;

/**
 * Each device, or each modality, is read newest first by its own index and the lists are merged: a rare one is found
 * without walking through all the others.
 */
const listed = (
  unit: UnitOfWork,
  filter: ExamFilter,
  bounds: Bounds,
  after: ExamKey | null,
  limit: number,
): RawBuilder<unknown> => {
  const condition = matching(unit, filter, bounds, after);
  const newest = sql`order by e.exam_at desc, e.exam_id desc limit ${limit}`;
  const devices = listOrNull(filter.deviceId);
  const modalities = listOrNull(filter.modality);
  if (devices === null && modalities === null)
    return sql`select e.exam_id, e.exam_at from exam e where ${condition} ${newest}`;
  const [column, values, rest] =
    devices === null
      ? [sql`e.modality`, sql`${modalities}::text[]`, sql``]
      : [sql`e.device_id`, sql`${devices}::uuid[]`, among('modality', filter.modality)];
  return sql`
    select e.exam_id, e.exam_at from (select distinct unnest(${values}) as value) v cross join lateral (
      select e.exam_id, e.exam_at from exam e where ${condition} and ${column} = v.value ${rest} ${newest}
    ) e ${newest}`;
};

const matching = (
  { hospitalId }: UnitOfWork,
  { state, technologistId }: ExamFilter,
  { from, to }: Bounds,
  after: ExamKey | null,
): RawBuilder<unknown> => sql`e.hospital_id = ${hospitalId}
  ${from === null ? sql`` : sql`and e.exam_at >= ${from}::timestamptz`}
  ${to === null ? sql`` : sql`and e.exam_at < ${to}::timestamptz`}
  ${after === null ? sql`` : sql`and (e.exam_at, e.exam_id) < (${after.examAt}::timestamptz, ${after.examId}::uuid)`}
  ${state === undefined ? sql`` : sql`and e.state = ${sql.lit(state)}`}
  ${technologistId === undefined ? sql`` : sql`and e.technologist_id = ${technologistId}::uuid`}`;

const among = (column: 'modality' | 'device_id', values: readonly string[] | undefined): RawBuilder<unknown> => {
  const list = listOrNull(values);
  if (list === null) return sql``;
  return column === 'modality'
    ? sql`and e.modality = any(${list}::text[])`
    : sql`and e.device_id = any(${list}::uuid[])`;
};

const listOrNull = (values: readonly string[] | undefined): readonly string[] | null =>
  values === undefined || values.length === 0 ? null : values;

export const encodeExamCursor = ({ examAt, examId }: ExamKey): string => writeCursor([examAt, examId]);

/** Throws REQUEST_INVALID for a cursor that no page of ours gave. */
export const decodeExamCursor = (cursor: string): ExamKey => {
  const [examAt = '', examId = ''] = readCursor(cursor, cursorShapes.moment, cursorShapes.uuid);
  return { examAt, examId };
};
