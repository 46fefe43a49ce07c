import type { Finding } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface RunRow {
  runId: string;
  examId: string;
  subjectUid: string;
  subjectKind: 'instance' | 'series';
  modality: string;
  deviceId: string | null;
  positionCode: string | null;
  measuredAt: Date;
  softwareVersion: string;
  analysisVersion: number;
  inputSha256: string;
  failureReason: string | null;
  /** Null: our own run. */
  analyserName: string | null;
}

/** The film's exam, and its own image when it is of one. */
export const findFilmPlace = async (
  { db, hospitalId }: UnitOfWork,
  filmId: string,
): Promise<{ examId: string; sopInstanceUid: string | null } | undefined> => {
  const row = await db
    .selectFrom('film')
    .select(['exam_id', 'sop_instance_uid'])
    .where('hospital_id', '=', hospitalId)
    .where('film_id', '=', filmId)
    .executeTakeFirst();
  return row === undefined ? undefined : { examId: row.exam_id, sopInstanceUid: row.sop_instance_uid };
};

/** The newest run of each subject of an exam, our own and each analyser's; of one image alone with the exam's dose reports when it is named. */
export const findNewestRuns = async (
  { db, hospitalId }: UnitOfWork,
  examId: string,
  sopInstanceUid: string | null,
): Promise<RunRow[]> => {
  const { rows } = await sql<RunRow>`
    select distinct on (r.subject_uid, r.analyser_id) r.run_id as "runId", r.exam_id as "examId", r.subject_uid as "subjectUid",
      r.subject_kind as "subjectKind", r.modality, r.device_id as "deviceId", r.position_code as "positionCode",
      r.measured_at as "measuredAt", r.software_version as "softwareVersion", r.analysis_version as "analysisVersion",
      r.input_sha256 as "inputSha256", r.failure_reason as "failureReason",
      analyser.name as "analyserName"
    from analysis_run r
      left join analyser on analyser.hospital_id = r.hospital_id and analyser.analyser_id = r.analyser_id
    where r.hospital_id = ${hospitalId} and r.exam_id = ${examId}
      and (${sopInstanceUid}::text is null or r.subject_uid = ${sopInstanceUid} or r.modality = 'SR')
    order by r.subject_uid, r.analyser_id nulls first, r.analysis_version desc, r.measured_at desc`.execute(db);
  return rows;
};

export interface FigureRow {
  runId: string;
  metric: string;
  part: string;
  value: number;
  unit: string;
  method: string;
  methodVersion: number;
  place: { column: number; row: number; width: number; height: number } | null;
}

export const findFigures = async ({ db, hospitalId }: UnitOfWork, runIds: readonly string[]): Promise<FigureRow[]> => {
  const { rows } = await sql<FigureRow>`
    select run_id as "runId", metric, part, value, unit, method, method_version as "methodVersion", place
    from measurement where hospital_id = ${hospitalId} and run_id = any(${[...runIds]}::uuid[])
    order by run_id, metric, part`.execute(db);
  return rows;
};

export const findNotMeasured = async ({ db, hospitalId }: UnitOfWork, runIds: readonly string[]) => {
  const { rows } = await sql<{ runId: string; metric: string; part: string; reason: string }>`
    select run_id as "runId", metric, part, reason
    from not_measured where hospital_id = ${hospitalId} and run_id = any(${[...runIds]}::uuid[])
    order by run_id, metric, part`.execute(db);
  return rows;
};

export interface FindingRow extends Omit<Finding, 'deduction'> {
  runId: string;
  findingId: string;
  ruleVersion: number;
  deduction: string | null;
  answer: 'agree' | 'disagree' | null;
}

/** Hints that are shown, the gravest first, each with the caller's own last answer. */
export const findFindings = async (
  { db, hospitalId }: UnitOfWork,
  runIds: readonly string[],
  accountId: string,
): Promise<FindingRow[]> => {
  const { rows } = await sql<FindingRow>`
    select f.run_id as "runId", f.finding_id as "findingId", f.rule, f.rule_version as "ruleVersion", f.severity, f.message,
      f.deduction, f.evidence,
      (select a.answer from finding_answer a where a.hospital_id = f.hospital_id and a.finding_id = f.finding_id
        and a.account_id = ${accountId} order by a.answer_id desc limit 1) as answer
    from finding f where f.hospital_id = ${hospitalId} and f.run_id = any(${[...runIds]}::uuid[]) and not f.is_silent
    order by array_position(array['warning', 'notice', 'info'], f.severity), f.rule`.execute(db);
  return rows;
};

export interface DoseRow {
  runId: string;
  source: 'rdsr' | 'enhanced-sr' | 'header' | 'dose-screen';
  eventCount: number;
  totals: Record<string, unknown>;
  events: Record<string, unknown>[];
}

/** Events of one report that a page shows; a fluoroscopy of an hour has thousands. */
const shownEvents = 500;

export const findDoses = async ({ db, hospitalId }: UnitOfWork, runIds: readonly string[]): Promise<DoseRow[]> => {
  const { rows } = await sql<DoseRow>`
    select d.run_id as "runId", d.source, d.event_count as "eventCount", d.totals,
      coalesce((select jsonb_agg(e.figures order by e.event_number) from dose_event e
        where e.hospital_id = d.hospital_id and e.run_id = d.run_id and e.event_number <= ${shownEvents}), '[]') as events
    from dose_report d where d.hospital_id = ${hospitalId} and d.run_id = any(${[...runIds]}::uuid[])`.execute(db);
  return rows;
};

/** The exam a hint belongs to; undefined when it is not of this hospital. */
export const findExamOfFinding = async (
  { db, hospitalId }: UnitOfWork,
  findingId: string,
): Promise<string | undefined> => {
  const row = await db
    .selectFrom('finding')
    .innerJoin('analysis_run', (join) =>
      join
        .onRef('analysis_run.hospital_id', '=', 'finding.hospital_id')
        .onRef('analysis_run.run_id', '=', 'finding.run_id'),
    )
    .select('analysis_run.exam_id')
    .where('finding.hospital_id', '=', hospitalId)
    .where('finding.finding_id', '=', findingId)
    .executeTakeFirst();
  return row?.exam_id;
};

export const insertAnswer = async (
  { db, hospitalId }: UnitOfWork,
  row: { findingId: string; answer: 'agree' | 'disagree'; accountId: string; at: Date },
): Promise<void> => {
  await db
    .insertInto('finding_answer')
    .values({
      hospital_id: hospitalId,
      finding_id: row.findingId,
      answer: row.answer,
      account_id: row.accountId,
      at: row.at,
    })
    .execute();
};
