import { sql, type RawBuilder } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';
import { rowsOf, type ListPage } from '../platform/list-page.ts';
import { isBehindKey, latestFirst } from '../platform/list-key.ts';
import { countedModalities, newestDoseReport } from './reported-exposures.repository.ts';

export interface HiddenRejectRow {
  id: string;
  sort_key: string;
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
 * Exposures that have no picture here, candidates for hidden rejects [S50]: events of the newest dose report of each
 * exam, and what its performed step counts or lists, against the images of the exam. What was changed after
 * `settledBefore` is left out: its images may still be on their way. Shifts are 8–16, 16–24 and 0–8 of the hospital's
 * clock. [PD]
 */
export const findHiddenRejects = async (
  unit: UnitOfWork,
  asked: { from: string; to: string; settledBefore: Date },
  page: ListPage,
): Promise<HiddenRejectRow[]> => {
  const key = latestFirst('compared.at');
  const rows = await sql<HiddenRejectRow>`
    with zone as (select time_zone from hospital where hospital_id = ${unit.hospitalId}),
    counted as (${reported(unit, asked)} union all ${performed(unit, asked)}),
    compared as (
      select counted.*, counted.at at time zone zone.time_zone as local_at,
        (select count(*) from instance where instance.hospital_id = ${unit.hospitalId}
          and instance.exam_id = counted.exam_id and instance.is_image
          and coalesce(instance.facts->>'presentationIntentType', '') <> 'FOR PROCESSING')::int as images
      from counted, zone)
    select compared.id, ${key} as sort_key, to_char(local_at, 'YYYY-MM-DD') as day,
      case when extract(hour from local_at) < 8 then 'night' when extract(hour from local_at) < 16 then 'day'
        else 'evening' end as shift,
      device.name as device, compared.source, compared.exam_id, compared.accession_number,
      compared.exposures, compared.images
    from compared
    left join device on device.hospital_id = ${unit.hospitalId} and device.device_id = compared.device_id
    where compared.exposures > compared.images and ${isBehindKey(key, sql`compared.id`, page)}
    order by ${key}, compared.id limit ${rowsOf(page)}`.execute(unit.db);
  return rows.rows;
};

type Asked = Parameters<typeof findHiddenRejects>[1];

const isAsked = (moment: RawBuilder<unknown>, { from, to }: Asked): RawBuilder<unknown> => sql`
  ${moment} >= (${from}::date)::timestamp at time zone zone.time_zone
    and ${moment} < (${to}::date + 1)::timestamp at time zone zone.time_zone`;

const reported = (unit: UnitOfWork, asked: Asked): RawBuilder<unknown> => sql`
  select report.run_id::text as id, 'dose-report' as source, exam.exam_id, exam.device_id, exam.accession_number,
    exam.exam_at as at,
    (select count(*) from dose_event where dose_event.hospital_id = exam.hospital_id
      and dose_event.run_id = report.run_id)::int as exposures
  from zone, exam join lateral (${newestDoseReport}) report on true
  where exam.hospital_id = ${unit.hospitalId} and exam.modality in ${countedModalities}
    and exam.last_received_at <= ${asked.settledBefore} and ${isAsked(sql`exam.exam_at`, asked)}`;

/** A step that counts fewer exposures than it lists images stands for the images it lists. */
const performed = (unit: UnitOfWork, asked: Asked): RawBuilder<unknown> => sql`
  select step.performed_step_id::text, 'performed-step', step.exam_id, coalesce(exam.device_id, step.device_id),
    coalesce(exam.accession_number, step.accession_number), step.started_at,
    greatest(coalesce(step.exposures, 0), (select count(*) from performed_image image
      where image.hospital_id = step.hospital_id and image.performed_step_id = step.performed_step_id))::int
  from zone, performed_step step
  left join exam on exam.hospital_id = step.hospital_id and exam.exam_id = step.exam_id
  where step.hospital_id = ${unit.hospitalId} and step.state <> 'in-progress' and step.modality in ${countedModalities}
    and step.changed_at <= ${asked.settledBefore} and ${isAsked(sql`step.started_at`, asked)}`;
