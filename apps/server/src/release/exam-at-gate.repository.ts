import type { CareSetting, PatientSetting, PriorityClass, StreamMode } from '@jiapian/rules';
import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export interface ExamAtGateRow {
  exam_id: string;
  accession_number: string;
  modality: string;
  device_id: string | null;
  device_name: string | null;
  priority: string;
  priority_class: PriorityClass;
  named_at: Date | null;
  hold_minutes: number | null;
  stream_mode: StreamMode;
  care: CareSetting;
  patient_class: PatientSetting;
  position_codes: string[];
  ready_at: Date | null;
  weekday: number;
  minute_of_day: number;
  graded_at: Date | null;
}

/** What the policy asks about exams; day and hour are the hospital's, at `at` or else when the exam became ready. */
const selectExams = async (
  unit: UnitOfWork,
  which: RawBuilder<unknown>,
  at: Date | null,
  limit: number,
): Promise<ExamAtGateRow[]> => {
  const rows = await sql<ExamAtGateRow>`
    select exam.exam_id, exam.accession_number, exam.modality, exam.device_id, device.name as device_name,
      exam.priority, device.priority_class, device.named_at, device.hold_minutes,
      coalesce(stream.mode, 'in-line') as stream_mode, coalesce(stream.care, 'none') as care,
      coalesce(ordered.patient_class, 'unknown') as patient_class,
      coalesce(films.position_codes, '{}') as position_codes, exam.ready_at, films.graded_at,
      extract(isodow from local.moment)::int as weekday,
      (extract(hour from local.moment) * 60 + extract(minute from local.moment))::int as minute_of_day
    from exam
    join hospital on hospital.hospital_id = exam.hospital_id
    cross join lateral (
      select coalesce(${at}::timestamptz, exam.ready_at, exam.last_received_at) at time zone hospital.time_zone as moment
    ) local
    left join device on device.hospital_id = exam.hospital_id and device.device_id = exam.device_id
    left join device_stream stream on stream.hospital_id = exam.hospital_id and stream.device_id = exam.device_id
    left join lateral (
      select patient_class from imaging_order
      where imaging_order.hospital_id = exam.hospital_id and imaging_order.exam_id = exam.exam_id
      order by patient_class = 'emergency' desc, patient_class <> 'unknown' desc, changed_at desc limit 1) ordered on true
    left join lateral (
      select array_agg(film.position_code order by film.created_at) filter (where film.position_code is not null)
          as position_codes,
        case when bool_and(film.graded_at is not null) then max(film.graded_at) end as graded_at
      from film where film.hospital_id = exam.hospital_id and film.exam_id = exam.exam_id) films on true
    where exam.hospital_id = ${unit.hospitalId} and ${which}
    limit ${limit}`.execute(unit.db);
  return rows.rows;
};

export const findExamAtGate = async (unit: UnitOfWork, examId: string, at: Date): Promise<ExamAtGateRow | undefined> =>
  (await selectExams(unit, sql`exam.exam_id = ${examId}`, at, 1))[0];

/** The exams that became ready on a day of the hospital. */
export const findExamsOfDay = (unit: UnitOfWork, day: string, limit: number): Promise<ExamAtGateRow[]> =>
  selectExams(
    unit,
    sql`exam.ready_at >= (${day}::date)::timestamp at time zone hospital.time_zone
      and exam.ready_at < (${day}::date + 1)::timestamp at time zone hospital.time_zone`,
    null,
    limit,
  );

/** Yesterday, as the hospital's calendar has it. */
export const findYesterday = async (unit: UnitOfWork, now: Date): Promise<string> => {
  const rows = await sql<{ day: string }>`
    select ((${now}::timestamptz at time zone time_zone)::date - 1)::text as day
    from hospital where hospital_id = ${unit.hospitalId}`.execute(unit.db);
  return rows.rows[0]?.day ?? '';
};

/** When readers gave grades between two moments. */
export const findReadingTimes = async (
  unit: UnitOfWork,
  from: Date,
  to: Date,
): Promise<{ account_id: string; at: Date }[]> =>
  unit.db
    .selectFrom('reading')
    .select(['account_id', 'at'])
    .where('hospital_id', '=', unit.hospitalId)
    .where('at', '>=', from)
    .where('at', '<', to)
    .orderBy('at')
    .execute();

/** Reviewers seen since a moment: a grade given, or a page opened by somebody who may grade. */
export const countReviewersPresent = async (
  unit: UnitOfWork,
  since: Date,
  reviewerRoles: readonly string[],
): Promise<number> => {
  const rows = await sql<{ present: number }>`
    select count(distinct account_id) as present from (
      select account_id from reading where hospital_id = ${unit.hospitalId} and at >= ${since}
      union
      select session.account_id from session join account using (hospital_id, account_id)
      where session.hospital_id = ${unit.hospitalId} and session.last_seen_at >= ${since}
        and account.roles && ${[...reviewerRoles]}::text[]) seen`.execute(unit.db);
  return rows.rows[0]?.present ?? 0;
};
