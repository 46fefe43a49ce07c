import { silenceMinutes, silenceWeeks } from '@jiapian/rules';
import { sql } from 'kysely';
import type { UnitOfWork } from '../platform/database.ts';

/** Minutes that count as the last ones on the monitor. [PD] */
const RECENT_MINUTES = 15;

export interface ActivityRow {
  device_id: string;
  name: string;
  modality: string;
  recent_exams: number;
  recent_objects: number;
  held: number;
  last_at: Date | null;
  exams_lately: number;
  weeks_with_exams: number;
}

/** What came from each device in the last minutes, and whether something should have come. */
export const findActivity = async (unit: UnitOfWork, now: Date): Promise<ActivityRow[]> => {
  const rows = await sql<ActivityRow>`
    with weeks as (
      select exam.device_id, count(distinct week) as weeks_with_exams
      from generate_series(1, ${sql.lit(silenceWeeks)}) as week
      join exam on exam.hospital_id = ${unit.hospitalId}
        and exam.first_received_at > ${now}::timestamptz - make_interval(days => week * 7, mins => ${sql.lit(silenceMinutes)})
        and exam.first_received_at <= ${now}::timestamptz - make_interval(days => week * 7)
      group by exam.device_id)
    select device.device_id, device.name, device.modality,
      count(exam.exam_id) filter (where exam.last_received_at > ${now}::timestamptz - make_interval(mins => ${sql.lit(RECENT_MINUTES)}))
        as recent_exams,
      coalesce(sum(exam.instance_count) filter (where exam.last_received_at > ${now}::timestamptz
        - make_interval(mins => ${sql.lit(RECENT_MINUTES)})), 0)::bigint as recent_objects,
      count(gate.exam_id) filter (where gate.state = 'held') as held,
      max(exam.last_received_at) as last_at,
      count(exam.exam_id) filter (where exam.last_received_at > ${now}::timestamptz
        - make_interval(mins => ${sql.lit(silenceMinutes)})) as exams_lately,
      coalesce(max(weeks.weeks_with_exams), 0) as weeks_with_exams
    from device
    left join exam on exam.hospital_id = device.hospital_id and exam.device_id = device.device_id
      and exam.last_received_at > ${now}::timestamptz - interval '1 day'
    left join gate on gate.hospital_id = exam.hospital_id and gate.exam_id = exam.exam_id
    left join weeks on weeks.device_id = device.device_id
    where device.hospital_id = ${unit.hospitalId}
    group by device.device_id, device.name, device.modality
    order by device.name limit 200`.execute(unit.db);
  return rows.rows;
};
