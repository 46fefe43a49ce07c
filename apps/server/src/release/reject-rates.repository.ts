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
