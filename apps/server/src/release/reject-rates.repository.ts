import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { countedModalities, imagesOfExam, newestDoseReport } from './reported-exposures.repository.ts';

export type RateGroup = 'total' | 'reason' | 'technologist' | 'device' | 'position' | 'hour';

/**
 * Exposures of patients between two days of the hospital: every radiograph, rejected ones too, test images not; and
 * what a dose report calls rejected (130503) of which no image came here.
 */
const exposures = (unit: UnitOfWork, from: string, to: string): RawBuilder<unknown> => sql`
  ${films(unit, from, to)} union all ${reportedRejects(unit, from, to)}`;

const isAsked = (from: string, to: string): RawBuilder<unknown> => sql`
  exam.exam_at >= (${from}::date)::timestamp at time zone hospital.time_zone
    and exam.exam_at < (${to}::date + 1)::timestamp at time zone hospital.time_zone`;

const peopleAndPlace = sql`device.name as device, coalesce(staff.name, nullif(exam.operator_name, '')) as technologist,
  extract(hour from exam.exam_at at time zone hospital.time_zone)::int as hour`;
const joinPeopleAndPlace = sql`
  left join device on device.hospital_id = exam.hospital_id and device.device_id = exam.device_id
  left join staff on staff.hospital_id = exam.hospital_id and staff.staff_id = exam.technologist_id`;

/**
 * A repeat is one that is linked to what it repeats, or that the dose report calls repeated (128551). A film that nobody
 * has graded is rejected when the device said so (130503); a person's grade stands above it.
 */
const films = (unit: UnitOfWork, from: string, to: string): RawBuilder<unknown> => sql`
  select case when reported.is_reject then 'reject' else film.grade end as grade, film.position_code,
    case when reported.is_reject then reported.reason else reading.reject_reason_code end as reason, ${peopleAndPlace},
    linked.is_repeat or reported.is_repeat as is_repeat,
    reported.is_reject as is_reported_reject, reported.is_repeat and not linked.is_repeat as is_reported_repeat
  from film
  join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
  join hospital on hospital.hospital_id = film.hospital_id
  join instance on instance.hospital_id = film.hospital_id and instance.sop_instance_uid = film.sop_instance_uid
  left join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
  ${joinPeopleAndPlace}
  cross join lateral (select exists (select from repeat_order where repeat_order.hospital_id = film.hospital_id
    and repeat_order.replacement_film_id = film.film_id) as is_repeat) linked
  cross join lateral (
    select coalesce(bool_or(event.is_repeated), false) as is_repeat,
      film.grade is null and coalesce(bool_or(event.is_rejected), false) as is_reject,
      max(event.rejection_reason) as reason
    from dose_event event where event.hospital_id = film.hospital_id
      and event.event_uid = instance.facts->>'irradiationEventUid') reported
  where film.hospital_id = ${unit.hospitalId} and film.kind = 'image' and ${isAsked(from, to)}
    and coalesce(instance.facts->>'qualityControlImage', '') <> 'YES'`;

/**
 * Rejected events of the newest dose report of each exam, as far as its images do not account for them: none carries
 * the event's UID, and there are fewer images than events.
 */
const reportedRejects = (unit: UnitOfWork, from: string, to: string): RawBuilder<unknown> => sql`
  select 'reject', null, missing.rejection_reason, ${peopleAndPlace}, missing.is_repeated, true, missing.is_repeated
  from exam
  join hospital on hospital.hospital_id = exam.hospital_id
  join lateral (${newestDoseReport}) report on true
  join lateral (
    select event.rejection_reason, event.is_repeated,
      row_number() over (order by event.event_number) <= (select count(*) from dose_event every
        where every.hospital_id = exam.hospital_id and every.run_id = report.run_id) - here.images as is_missing
    from dose_event event cross join lateral (select count(*) as images from instance ${imagesOfExam}) here
    where event.hospital_id = exam.hospital_id and event.run_id = report.run_id and event.is_rejected
      and not exists (select from instance ${imagesOfExam}
        and instance.facts->>'irradiationEventUid' = event.event_uid)) missing on missing.is_missing
  ${joinPeopleAndPlace}
  where exam.hospital_id = ${unit.hospitalId} and exam.modality in ${countedModalities} and ${isAsked(from, to)}`;

export interface RateRow {
  key: string | null;
  exposures: number;
  rejected: number;
  repeats: number;
  /** Of the rejects, and of the repeats, those that only a dose report tells. */
  reported_rejects: number;
  reported_repeats: number;
}

const keys: Readonly<Record<Exclude<RateGroup, 'reason'>, RawBuilder<string | null>>> = {
  total: sql`''`,
  technologist: sql`technologist`,
  device: sql`device`,
  position: sql`position_code`,
  hour: sql`hour::text`,
};

/** Exposures, rejects and repeats of each group; of a reason, the rejects against all exposures. */
export const countRates = async (
  unit: UnitOfWork,
  asked: { from: string; to: string; by: RateGroup },
): Promise<RateRow[]> => {
  const source = exposures(unit, asked.from, asked.to);
  const rows =
    asked.by === 'reason'
      ? await sql<RateRow>`
          with exposure as (${source})
          select reason as key, (select count(*) from exposure) as exposures, count(*) as rejected, 0 as repeats,
            count(*) filter (where is_reported_reject) as reported_rejects, 0 as reported_repeats
          from exposure where grade = 'reject' group by reason order by rejected desc, key`.execute(unit.db)
      : await sql<RateRow>`
          with exposure as (${source})
          select ${keys[asked.by]} as key, count(*) as exposures, count(*) filter (where grade = 'reject') as rejected,
            count(*) filter (where is_repeat) as repeats,
            count(*) filter (where is_reported_reject) as reported_rejects,
            count(*) filter (where is_reported_repeat) as reported_repeats
          from exposure group by 1 order by 2 desc, 1`.execute(unit.db);
  return rows.rows;
};
