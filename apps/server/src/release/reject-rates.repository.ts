import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

export type RateGroup = 'total' | 'reason' | 'technologist' | 'device' | 'position' | 'hour';

/** Exposures of patients between two days of the hospital: every radiograph, rejected ones too, test images not. */
const exposures = (unit: UnitOfWork, from: string, to: string): RawBuilder<unknown> => sql`
  select film.film_id, film.grade, film.position_code, reading.reject_reason_code as reason, device.name as device,
    coalesce(staff.name, nullif(exam.operator_name, '')) as technologist,
    extract(hour from exam.exam_at at time zone hospital.time_zone)::int as hour,
    exists (select from repeat_order where repeat_order.hospital_id = film.hospital_id
      and repeat_order.replacement_film_id = film.film_id) as is_repeat
  from film
  join exam on exam.hospital_id = film.hospital_id and exam.exam_id = film.exam_id
  join hospital on hospital.hospital_id = film.hospital_id
  join instance on instance.hospital_id = film.hospital_id and instance.sop_instance_uid = film.sop_instance_uid
  left join reading on reading.hospital_id = film.hospital_id and reading.reading_id = film.reading_id
  left join device on device.hospital_id = exam.hospital_id and device.device_id = exam.device_id
  left join staff on staff.hospital_id = exam.hospital_id and staff.staff_id = exam.technologist_id
  where film.hospital_id = ${unit.hospitalId} and film.kind = 'image'
    and exam.exam_at >= (${from}::date)::timestamp at time zone hospital.time_zone
    and exam.exam_at < (${to}::date + 1)::timestamp at time zone hospital.time_zone
    and coalesce(instance.facts->>'qualityControlImage', '') <> 'YES'`;

export interface RateRow {
  key: string | null;
  exposures: number;
  rejected: number;
  repeats: number;
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
          select reason as key, (select count(*) from exposure) as exposures, count(*) as rejected, 0 as repeats
          from exposure where grade = 'reject' group by reason order by rejected desc, key`.execute(unit.db)
      : await sql<RateRow>`
          with exposure as (${source})
          select ${keys[asked.by]} as key, count(*) as exposures, count(*) filter (where grade = 'reject') as rejected,
            count(*) filter (where is_repeat) as repeats
          from exposure group by 1 order by 2 desc, 1`.execute(unit.db);
  return rows.rows;
};

export interface HiddenRejectRow {
  day: string;
  shift: 'day' | 'evening' | 'night';
  device: string | null;
  source: 'dose-report' | 'performed-step';
  exam_id: string | null;
  accession_number: string;
  exposures: number;
  images: number;
}

/**
 * Exposures that have no picture here: events of the newest dose report of each exam, and the count of its performed
 * step, against the images of the exam. Shifts are 8–16, 16–24 and 0–8 of the hospital's clock. [PD]
 */
export const findHiddenRejects = async (
  unit: UnitOfWork,
  asked: { from: string; to: string },
  limit: number,
): Promise<HiddenRejectRow[]> => {
  const rows = await sql<HiddenRejectRow>`
    with counted as (
      select 'dose-report' as source, exam.exam_id, exam.device_id, exam.accession_number, exam.exam_at as at,
        (select count(*) from dose_event where dose_event.hospital_id = exam.hospital_id
          and dose_event.run_id = report.run_id) as exposures
      from exam join lateral (
        select dose_report.run_id from dose_report
        join analysis_run run on run.hospital_id = dose_report.hospital_id and run.run_id = dose_report.run_id
        where dose_report.hospital_id = exam.hospital_id and dose_report.exam_id = exam.exam_id
          and dose_report.source in ('rdsr', 'enhanced-sr')
        order by run.measured_at desc limit 1) report on true
      where exam.hospital_id = ${unit.hospitalId} and exam.modality in ('DX', 'CR', 'MG', 'IO', 'PX')
      union all
      select 'performed-step', step.exam_id, coalesce(exam.device_id, step.device_id),
        coalesce(exam.accession_number, step.accession_number), step.started_at, step.exposures
      from performed_step step
      left join exam on exam.hospital_id = step.hospital_id and exam.exam_id = step.exam_id
      where step.hospital_id = ${unit.hospitalId} and step.exposures is not null and step.state <> 'in-progress'),
    compared as (
      select counted.*, (counted.at at time zone hospital.time_zone) as local_at,
        (select count(*) from instance where instance.hospital_id = ${unit.hospitalId}
          and instance.exam_id = counted.exam_id and instance.is_image
          and coalesce(instance.facts->>'presentationIntentType', '') <> 'FOR PROCESSING') as images
      from counted join hospital on hospital.hospital_id = ${unit.hospitalId})
    select to_char(local_at, 'YYYY-MM-DD') as day,
      case when extract(hour from local_at) < 8 then 'night' when extract(hour from local_at) < 16 then 'day'
        else 'evening' end as shift,
      device.name as device, compared.source, compared.exam_id, compared.accession_number,
      compared.exposures, compared.images
    from compared
    left join device on device.hospital_id = ${unit.hospitalId} and device.device_id = compared.device_id
    where compared.exposures > compared.images and local_at >= ${asked.from}::date and local_at < ${asked.to}::date + 1
    order by local_at desc limit ${limit}`.execute(unit.db);
  return rows.rows;
};
