import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface VerdictRow {
  verdictId: string;
  filmId: string;
  examId: string;
  subjectUid: string;
  subject: string;
  phase: string | null;
  tableId: string;
  tableVersion: number;
  kind: string;
  verdict: 'within' | 'deviates' | 'not-judged';
  reason: string | null;
  patient: unknown;
  columns: unknown;
  examAt: Date;
  judgedAt: Date;
}

const verdictColumns = sql`v.verdict_id as "verdictId", v.film_id as "filmId", v.exam_id as "examId",
  v.subject_uid as "subjectUid", v.subject, v.phase, v.table_id as "tableId", v.table_version as "tableVersion",
  t.content ->> 'kind' as kind, v.verdict, v.reason, v.patient, v.columns, v.exam_at as "examAt", v.judged_at as "judgedAt"`;
const verdicts = sql`compliance_verdict v
  join parameter_table t on t.hospital_id = v.hospital_id and t.table_id = v.table_id`;
/** No verdict of a later table, or later by the same one, stands beside it. */
const isCurrent = sql`not exists (select 1 from compliance_verdict newer
  where newer.hospital_id = v.hospital_id and newer.film_id = v.film_id and newer.subject_uid = v.subject_uid
    and (newer.table_version, newer.judged_at, newer.verdict_id) > (v.table_version, v.judged_at, v.verdict_id))`;

/** A correction may have given the series to another exam, where it is judged anew. */
const isStillThere = sql`(exists (select 1 from film
    where film.hospital_id = v.hospital_id and film.film_id = v.film_id and film.kind = 'image')
  or exists (select 1 from series s
    where s.hospital_id = v.hospital_id and s.exam_id = v.exam_id and s.series_instance_uid = v.subject_uid))`;

/** Verdicts of films that belong to another exam now go with them. */
export const followFilms = async ({ db, hospitalId }: UnitOfWork, examId: string): Promise<void> => {
  await sql`
    update compliance_verdict v set exam_id = film.exam_id from film
    where film.hospital_id = ${hospitalId} and film.exam_id = ${examId}
      and v.hospital_id = film.hospital_id and v.film_id = film.film_id and v.exam_id <> film.exam_id`.execute(db);
};

/** Every verdict of these films, the newest table first. */
export const findVerdicts = async ({ db, hospitalId }: UnitOfWork, filmIds: readonly string[]): Promise<VerdictRow[]> =>
  (
    await sql<VerdictRow>`select ${verdictColumns} from ${verdicts}
      where v.hospital_id = ${hospitalId} and v.film_id = any(${[...filmIds]}::uuid[]) and ${isStillThere}
      order by v.table_version desc, v.judged_at desc, v.verdict_id desc`.execute(db)
  ).rows;

/** Verdicts in force of a device since a moment, the newest films first. */
export const findDeviceVerdicts = async (
  { db, hospitalId }: UnitOfWork,
  { deviceId, since, limit }: { deviceId: string; since: Date; limit: number },
): Promise<VerdictRow[]> =>
  (
    await sql<VerdictRow>`select ${verdictColumns} from ${verdicts}
      where v.hospital_id = ${hospitalId} and v.device_id = ${deviceId} and v.exam_at >= ${since} and ${isCurrent} and ${isStillThere}
      order by v.exam_at desc, v.verdict_id limit ${limit}`.execute(db)
  ).rows;

export interface ViolationRow extends VerdictRow {
  accessionNumber: string;
  deviceName: string;
}

export interface ViolationFilter {
  deviceId?: string | undefined;
  verdict: 'deviates' | 'not-judged';
  since: Date;
}

/** Films that do not fit, or could not be judged, the newest first. */
export const findViolations = async (
  { db, hospitalId }: UnitOfWork,
  { deviceId, verdict, since }: ViolationFilter,
  page: { after: { examAt: string; verdictId: string } | null; limit: number },
): Promise<ViolationRow[]> =>
  (
    await sql<ViolationRow>`select ${verdictColumns}, e.accession_number as "accessionNumber", d.name as "deviceName"
      from ${verdicts}
      join exam e on e.hospital_id = v.hospital_id and e.exam_id = v.exam_id
      join device d on d.hospital_id = v.hospital_id and d.device_id = v.device_id
      where v.hospital_id = ${hospitalId} and v.verdict = ${verdict} and v.exam_at >= ${since}
        and (${deviceId ?? null}::uuid is null or v.device_id = ${deviceId ?? null}::uuid) and ${isCurrent} and ${isStillThere}
        and (${page.after === null} or (v.exam_at, v.verdict_id) < (${page.after?.examAt ?? null}::timestamptz, ${page.after?.verdictId ?? null}::uuid))
      order by v.exam_at desc, v.verdict_id desc limit ${page.limit}`.execute(db)
  ).rows;

export interface NewVerdict {
  verdictId: string;
  filmId: string;
  examId: string;
  subjectUid: string;
  deviceId: string;
  tableId: string;
  tableVersion: number;
  ruleVersion: number;
  softwareVersion: string;
  subject: string;
  phase: string | null;
  rowId: string | null;
  verdict: VerdictRow['verdict'];
  reason: string | null;
  patient: unknown;
  columns: unknown;
  examAt: Date;
}

export const insertVerdicts = async (
  { db, hospitalId }: UnitOfWork,
  verdictsNow: readonly NewVerdict[],
  at: Date,
): Promise<void> => {
  if (verdictsNow.length === 0) return;
  await db
    .insertInto('compliance_verdict')
    .values(
      verdictsNow.map((one) => ({
        hospital_id: hospitalId,
        verdict_id: one.verdictId,
        film_id: one.filmId,
        exam_id: one.examId,
        subject_uid: one.subjectUid,
        device_id: one.deviceId,
        table_id: one.tableId,
        table_version: one.tableVersion,
        rule_version: one.ruleVersion,
        software_version: one.softwareVersion,
        subject: one.subject,
        phase: one.phase,
        row_id: one.rowId,
        verdict: one.verdict,
        reason: one.reason,
        patient: JSON.stringify(one.patient),
        columns: JSON.stringify(one.columns),
        exam_at: one.examAt,
        judged_at: at,
      })),
    )
    .execute();
};
